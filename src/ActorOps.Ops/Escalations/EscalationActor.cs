using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Escalations;

/// <summary>The operator tier of a region: journals what climbs. It is told at least once, and stores once.</summary>
internal sealed class EscalationActor(EventSourcedOptions store, Projection<RecentEscalations, EscalationEvent> projection, ILogger log)
    : ProjectedActor<RecentEscalations, EscalationEvent>(store, projection)
{
    protected override async ValueTask ReceiveCommand(object message)
    {
        if (message is not Escalation escalation)
        {
            Unhandled(message);
            return;
        }

        if (!State.Items.Exists(known => known.EscalationId == escalation.Id))
        {
            EscalationLog.Raised(log, escalation.Severity, escalation.Target, escalation.Text);
            var raised = new EscalationEvent.Raised(escalation.Id, escalation.Target, escalation.Path, escalation.Severity, escalation.Rule, escalation.Text, Context.System.TimeProvider.GetUtcNow());
            await PersistAsync(escalation.Id, [raised]).ConfigureAwait(false);
        }

        Sender.Tell(new EscalationRecorded(escalation.Id));
    }
}
