using System.Text.Json;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Supervisors.Monitors;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

/// <summary>Gathers checkpoints and writes them together, once a second. A store that fails costs age, nothing else.</summary>
internal sealed class CheckpointActor(ISnapshotStore store, ILogger log) : Actor
{
    private readonly Dictionary<TargetId, CheckpointCommand.Save> _waiting = [];

    protected override ValueTask PreStart()
    {
        Context.Timers.StartPeriodic("flush", new CheckpointCommand.Flush(), TimeSpan.FromSeconds(1));
        return default;
    }

    protected override async ValueTask PostStop() => await FlushAsync().ConfigureAwait(false);

    protected override async ValueTask Receive(object message)
    {
        switch (message)
        {
            case CheckpointCommand.Save save:
                _waiting[save.Target] = save;
                break;
            case CheckpointCommand.Load load:
                await LoadAsync(load.Targets, Sender).ConfigureAwait(false);
                break;
            case CheckpointCommand.Flush:
                await FlushAsync().ConfigureAwait(false);
                Sender.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async ValueTask LoadAsync(IReadOnlyList<TargetId> targets, ActorRef sender)
    {
        var found = new Dictionary<TargetId, MonitorCheckpoint>();
        foreach (var target in targets)
        {
            try
            {
                if (_waiting.TryGetValue(target, out var recent))
                {
                    found[target] = recent.Checkpoint;
                }
                else if (await store.LoadAsync(Key(target)).ConfigureAwait(false) is { } snapshot)
                {
                    found[target] = JsonSerializer.Deserialize(snapshot.Payload, MonitorJson.Default.MonitorCheckpoint)!;
                }
            }
            catch (JsonException error)
            {
                SupervisorLog.CheckpointUnreadable(log, target.ToString(), error);
            }
            catch (JournalUnavailableException error)
            {
                // The rest would fail too, each after its own wait: what starts without is careful.
                SupervisorLog.CheckpointUnreadable(log, target.ToString(), error);
                break;
            }
        }

        sender.Tell(new CheckpointsLoaded(found));
    }

    private async ValueTask FlushAsync()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var snapshots = _waiting.Values.Select(save => new Snapshot(Key(save.Target), save.Number, JsonSerializer.Serialize(save.Checkpoint, MonitorJson.Default.MonitorCheckpoint))).ToList();
        _waiting.Clear();
        try
        {
            await store.SaveAsync(snapshots).ConfigureAwait(false);
        }
        catch (JournalUnavailableException error)
        {
            SupervisorLog.CheckpointsUnwritable(log, snapshots.Count, error);
        }
    }

    private static string Key(TargetId target) => "checkpoint/" + target;
}
