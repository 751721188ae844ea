using System.Collections.Immutable;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Escalations;

/// <summary>The operator tier of a region: journals what climbs. The newest hundred are its state.</summary>
internal sealed class EscalationActor(EventSourcedOptions store, string region, EscalationBoard board, ILogger log)
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

    protected override ValueTask Recovered()
    {
        board.Replace(State.Items);
        return default;
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case Escalation escalation:
                var now = Context.System.TimeProvider.GetUtcNow();
                var id = Guid.CreateVersion7(now);
                EscalationLog.Raised(log, escalation.Severity, escalation.Target, escalation.Text);
                await PersistAsync(id, [new EscalationEvent.Raised(id, escalation.Target, escalation.Path, escalation.Severity, escalation.Rule, escalation.Text, now)]).ConfigureAwait(false);
                board.Replace(State.Items);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Newest last.</summary>
    internal sealed record Recent(ImmutableList<EscalationEvent.Raised> Items);
}
