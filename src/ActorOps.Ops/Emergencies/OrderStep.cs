using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Gates;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>Orders something of the desks of the scope, by way of their gates.</summary>
internal sealed class OrderStep(string name, string control, DeskRegistry registry) : IProcedureStep
{
    public string Name => name;

    public string Describe(Procedure procedure) => $"order {control} to {(Desks(procedure) is { Count: > 0 } desks ? string.Join(", ", desks) : "no desk (none has this scope)")}";

    public IReadOnlyList<OutboxMessage> Messages(Procedure procedure) =>
        [.. Desks(procedure).Select(desk => new ControlMessage(Notice.IdOf(procedure.ProcedureId, $"{name} {desk}"), control, procedure.Scope.ToString(), new Dictionary<string, string>(), procedure.StartedAt).ToOutbox(desk))];

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(Sent(procedure));

    public Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult(Sent(procedure));

    private StepOutcome Sent(Procedure procedure) => Desks(procedure) is { Count: > 0 } desks ? StepOutcome.Done($"ordered to {string.Join(", ", desks)}") : new(StepState.Skipped, "no desk has this scope");

    private List<string> Desks(Procedure procedure) =>
        [.. registry.Desks.Where(desk => procedure.Scope.Kind is "firm" or "symbol" || DeskRegistry.ScopesOf(desk).Contains(procedure.Scope)).Select(desk => desk.Id).Order(StringComparer.Ordinal)];
}
