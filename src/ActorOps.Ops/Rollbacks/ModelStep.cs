using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Gates;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Rollbacks;

/// <summary>Moves the pointer of each model to a version that was checked first, and tells the desks.</summary>
internal sealed class ModelStep(RollbackServices services) : IProcedureStep
{
    public string Name => "model";

    public string Describe(Procedure procedure) => Plans(procedure) is { Count: > 0 } plans
        ? string.Join("; ", plans.Select(plan => plan.Version is null ? $"{plan.Model}: {plan.Problem}" : $"{plan.Model}: {plan.From ?? "nothing"} -> {plan.Version}{(plan.Problem is null ? string.Empty : $", which is refused: {plan.Problem}")}"))
        : $"nothing: no strategy of {procedure.Scope} has a model";

    public IReadOnlyList<OutboxMessage> Messages(Procedure procedure) =>
    [
        .. Plans(procedure).Where(plan => plan is { Version: not null, Problem: null }).Select(plan => new ControlMessage(
            Notice.IdOf(procedure.ProcedureId, $"{Name} {plan.Desk} {plan.Model}"),
            "rollback-model",
            procedure.Scope.ToString(),
            new Dictionary<string, string> { ["model"] = plan.Model, ["version"] = plan.Version! },
            procedure.StartedAt).ToOutbox(plan.Desk)),
    ];

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        var plans = Plans(procedure);
        if (plans.Count == 0)
        {
            return Task.FromResult(new StepOutcome(StepState.Skipped, "no strategy of this scope has a model"));
        }

        foreach (var plan in plans.Where(plan => plan is { Version: not null, Problem: null } && plan.From != plan.Version))
        {
            services.Models.Activate(plan.Model, plan.Version!);
        }

        var left = plans.Where(plan => plan.Version is null || plan.Problem is not null || services.Models.Active(plan.Model)?.Version != plan.Version).ToList();
        return Task.FromResult(left.Count == 0
            ? StepOutcome.Done(string.Join(", ", plans.Select(plan => $"{plan.Model} {plan.Version}")))
            : StepOutcome.Failed(string.Join("; ", left.Select(plan => $"{plan.Model}: {plan.Problem ?? "the pointer did not move"}"))));
    }

    private List<(string Model, string Desk, string? From, string? Version, string? Problem)> Plans(Procedure procedure) => [.. services.ModelsOf(procedure.Scope).Select(known => PlanOf(procedure, known.Model, known.Desk))];

    private (string Model, string Desk, string? From, string? Version, string? Problem) PlanOf(Procedure procedure, string model, string desk)
    {
        try
        {
            var from = services.Models.Active(model)?.Version;
            var version = procedure.Argument(ProcedureNames.TargetVersion) ?? services.Models.LastGood(model)?.Version;
            return (model, desk, from, version, version is null ? "no last good version is recorded (last_good_model.json)" : services.Models.ProblemOf(model, version));
        }
        catch (IOException unreadable)
        {
            return (model, desk, null, null, unreadable.Message);
        }
    }
}
