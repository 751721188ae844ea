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
    private readonly Dictionary<TargetId, MonitorCheckpoint> _waiting = [];

    protected override ValueTask PreStart()
    {
        Context.Timers.StartPeriodic("flush", new CheckpointCommand.Flush(), TimeSpan.FromSeconds(1));
        return default;
    }

    protected override ValueTask PostStop() => FlushAsync();

    protected override async ValueTask Receive(object message)
    {
        switch (message)
        {
            case CheckpointCommand.Save save:
                _waiting[save.Target] = save.Checkpoint;
                break;
            case CheckpointCommand.Load load:
                await LoadAsync(load.Target).ConfigureAwait(false);
                break;
            case CheckpointCommand.Flush:
                await FlushAsync().ConfigureAwait(false);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async ValueTask LoadAsync(TargetId target)
    {
        var sender = Sender;
        if (_waiting.TryGetValue(target, out var recent))
        {
            sender.Tell(new SupervisorCommand.Restore(recent));
            return;
        }

        try
        {
            if (await store.LoadAsync(Key(target)).ConfigureAwait(false) is { } snapshot)
            {
                sender.Tell(new SupervisorCommand.Restore(JsonSerializer.Deserialize(snapshot.Payload, MonitorJson.Default.MonitorCheckpoint)!));
            }
        }
        catch (Exception error) when (error is JournalUnavailableException or JsonException)
        {
            SupervisorLog.CheckpointUnreadable(log, target.ToString(), error);
        }
    }

    private async ValueTask FlushAsync()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var snapshots = _waiting.Select(item => new Snapshot(Key(item.Key), item.Value.SavedAtMs, JsonSerializer.Serialize(item.Value, MonitorJson.Default.MonitorCheckpoint))).ToList();
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
