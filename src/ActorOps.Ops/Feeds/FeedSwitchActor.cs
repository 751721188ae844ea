using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Gates;

namespace ActorOps.Ops.Feeds;

/// <summary>The journalled switch between feeds. The order to the desk leaves only if the switch is stored.</summary>
internal sealed class FeedSwitchActor(EventSourcedOptions store, Projection<FeedState, FeedEvent> projection, DeskRegistry registry)
    : ProjectedActor<FeedState, FeedEvent>(store, projection)
{
    protected override ValueTask ReceiveCommand(object message)
    {
        if (message is FeedCommand.Switch command)
        {
            return SwitchAsync(command);
        }

        Unhandled(message);
        return default;
    }

    private async ValueTask SwitchAsync(FeedCommand.Switch command)
    {
        var desk = registry.Desks.FirstOrDefault(candidate => candidate.Feeds.Any(feed => feed.Id == command.Feed));
        var primary = desk?.Feeds.First(feed => feed.Id == command.Feed);
        if (desk is null || primary is null)
        {
            Sender.Tell(new FeedReply.Rejected("unknown-feed", $"there is no feed '{command.Feed}'"));
            return;
        }

        var current = State.Active.GetValueOrDefault(primary.Id, primary.Id);
        var to = command.To switch
        {
            null => current == primary.Id ? primary.Backup : primary.Id,
            "backup" => primary.Backup,
            "primary" => primary.Id,
            _ => command.To,
        };
        if (to is null || (to != primary.Id && to != primary.Backup))
        {
            Sender.Tell(new FeedReply.Rejected("no-such-backup", primary.Backup is null ? $"feed '{primary.Id}' has no backup" : $"'{command.To}' is neither '{primary.Id}' nor its backup '{primary.Backup}'"));
            return;
        }

        if (to != current)
        {
            var now = Context.System.TimeProvider.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            var control = new ControlMessage(ControlMessage.NewId(), "switch-feed", $"feed/{primary.Id}", new Dictionary<string, string> { ["feed"] = primary.Id, ["to"] = to }, now);
            await PersistAsync(id, [new FeedEvent.FeedSwitched(primary.Id, current, to, command.By, command.Reason, now)], [control.ToOutbox(desk.Id)]).ConfigureAwait(false);
        }

        Sender.Tell(new FeedReply.Active(primary.Id, to));
    }
}
