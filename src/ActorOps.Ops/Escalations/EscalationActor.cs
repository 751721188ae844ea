using System.Collections.Immutable;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Escalations;

/// <summary>The operator tier of a region: journals what climbs. The newest hundred are its state.</summary>
internal sealed class EscalationActor(EventSourcedOptions store, string region)
    : EventSourcedActor<EscalationActor.Recent, EscalationEvent>(store, new JsonEventCodec<EscalationEvent>(EscalationJson.Default.EscalationEvent))
{
    private const int Kept = 100;

    protected override string StreamId => $"escalations-{region}";

    protected override Recent InitialState => new([]);

    protected override Recent Apply(Recent state, EscalationEvent e) => e switch
    {
        EscalationEvent.Raised raised => new Recent((state.Items.Count >= Kept ? state.Items.RemoveAt(0) : state.Items).Add(raised)),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    protected override async ValueTask Receive(object message)
    {
        switch (message)
        {
            case Escalation escalation:
                var now = Context.System.TimeProvider.GetUtcNow();
                var id = Guid.CreateVersion7(now);
                await PersistAsync(id, [new EscalationEvent.Raised(id, escalation.Target, escalation.Path, escalation.Severity, escalation.Rule, escalation.Text, now)]).ConfigureAwait(false);
                break;
            case ListEscalations:
                Sender.Tell(State);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Newest last.</summary>
    internal sealed record Recent(ImmutableList<EscalationEvent.Raised> Items);

    internal sealed record ListEscalations;
}
