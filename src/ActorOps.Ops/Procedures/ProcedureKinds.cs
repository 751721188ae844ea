namespace ActorOps.Ops.Procedures;

/// <summary>Every kind of procedure that this node can run.</summary>
internal sealed class ProcedureKinds(IEnumerable<IProcedureKind> kinds)
{
    private readonly Dictionary<string, IProcedureKind> _byName = kinds.ToDictionary(kind => kind.Name);

    /// <summary>The kind of a name; null: there is none.</summary>
    public IProcedureKind? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The procedure with its steps, or why it cannot be.</summary>
    public (Procedure Planned, string? Problem) Plan(Procedure procedure)
    {
        if (Find(procedure.Kind) is not { } kind)
        {
            return (procedure, $"there is no procedure '{procedure.Kind}'");
        }

        return kind.ProblemOf(procedure) is { } problem
            ? (procedure, problem)
            : (procedure with { Steps = [.. kind.StepsOf(procedure).Select(step => new StepRecord(step.Name, step.Describe(procedure)))] }, null);
    }

    /// <summary>A step of a procedure that this version knows; null: it does not.</summary>
    public IProcedureStep? StepOf(Procedure procedure, string name) => Find(procedure.Kind)?.StepsOf(procedure).FirstOrDefault(step => step.Name == name);
}
