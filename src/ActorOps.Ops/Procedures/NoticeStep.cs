using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Procedures;

/// <summary>Tells people, or a ticket system, through the outbox: stored with the intent, delivered by one of the nodes.</summary>
internal sealed class NoticeStep(string name, string kind, string severity, string title) : IProcedureStep
{
    public string Name => name;

    public string Describe(Procedure procedure) => $"{kind} {severity}: {Of(procedure).Title}";

    public IReadOnlyList<OutboxMessage> Messages(Procedure procedure) => [Of(procedure).ToOutbox(procedure.ProcedureId, name)];

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(StepOutcome.Done("in the outbox"));

    public Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult(StepOutcome.Done("in the outbox"));

    private Notice Of(Procedure procedure) => new(kind, severity, $"{title} of {procedure.Scope} by {procedure.Principal}: {procedure.Reason}", $"Procedure {procedure.ProcedureId}, begun {procedure.StartedAt:u}. See: actorops {procedure.Kind} status {procedure.ProcedureId}");
}
