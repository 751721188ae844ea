using System.Text.Json;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Desks;

/// <summary>The journalled registry of desks.</summary>
internal sealed class DeskRegistryActor(EventSourcedOptions store, Projection<DeskRegistryState, DeskEvent> projection, KillSwitchBoard board)
    : ProjectedActor<DeskRegistryState, DeskEvent>(store, projection)
{
    protected override async ValueTask ReceiveCommand(object message)
    {
        if (message is not DeskCommand.Register register)
        {
            Unhandled(message);
            return;
        }

        if (Obstacle(register.Desk) is { } obstacle)
        {
            Sender.Tell(obstacle);
            return;
        }

        if (!Same(State.Desks.GetValueOrDefault(register.Desk.Id), register.Desk))
        {
            await PersistAsync(Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow()), [new DeskEvent.DeskRegistered(register.Desk, register.By)]).ConfigureAwait(false);
        }

        Sender.Tell(new DeskReply.Registered(register.Desk, SequenceNumber));
    }

    private DeskReply.Rejected? Obstacle(Desk desk)
    {
        var errors = DeskValidation.Errors(desk);
        if (errors.Count > 0)
        {
            return new("bad-desk", string.Join("; ", errors));
        }

        var conflicts = DeskValidation.Conflicts(desk, State.Desks.Values);
        if (conflicts.Count > 0)
        {
            return new("target-taken", string.Join("; ", conflicts));
        }

        // A target that vanishes under a standing trip would come back under another name without it.
        var gone = State.Desks.TryGetValue(desk.Id, out var before) ? DeskRegistry.ScopesOf(before).Except(DeskRegistry.ScopesOf(desk)).ToHashSet() : [];
        var tripped = board.Current.Trips.Select(trip => trip.Scope).FirstOrDefault(gone.Contains);
        return tripped is null ? null : new("scope-tripped", $"{tripped} has a standing trip and is missing from this registration; reset it before renaming or removing it");
    }

    private static bool Same(Desk? a, Desk b) => a is not null && JsonSerializer.Serialize(a, DeskJson.Default.Desk) == JsonSerializer.Serialize(b, DeskJson.Default.Desk);
}
