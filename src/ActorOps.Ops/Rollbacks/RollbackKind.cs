using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Rollbacks;

/// <summary>The rollback in seven steps: stop, say so by file, last good model, no learning, a tenth of the size, people told, ticket.</summary>
internal sealed class RollbackKind(RollbackServices services) : IProcedureKind
{
    public string Name => ProcedureNames.Rollback;

    public string? ProblemOf(Procedure procedure)
    {
        if (procedure.Argument(ProcedureNames.TargetVersion) is not { } version)
        {
            return null;
        }

        var models = services.ModelsOf(procedure.Scope).Select(known => known.Model).Distinct().ToList();
        return models.Count == 0 ? $"no strategy of {procedure.Scope} has a model, so there is no version to go back to"
            : models.Select(model => services.Models.ProblemOf(model, version) is { } problem ? $"{model} {version} cannot be used: {problem}" : null).FirstOrDefault(problem => problem is not null);
    }

    public IReadOnlyList<IProcedureStep> StepsOf(Procedure procedure) =>
    [
        new BlockStep(services.Emergency),
        new KillSwitchFileStep(services),
        new ModelStep(services),
        new FreezeStep(services),
        new SizeStep(services),
        new NoticeStep("notify", "notification", "P0", "Rollback"),
        new NoticeStep("ticket", "ticket", "P0", "Rollback"),
    ];

    public string OutcomeOf(Procedure procedure) => procedure.Steps.All(step => step.State is StepState.Done or StepState.Skipped) ? "DONE" : "PARTIAL";
}
