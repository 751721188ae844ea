namespace ActorOps.Ops.Procedures;

/// <summary>A kind of procedure: its steps, and what its end is called.</summary>
internal interface IProcedureKind
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Why it cannot be begun like this; null: it can.</summary>
    string? ProblemOf(Procedure procedure);

    /// <summary>The steps that this one needs, in order.</summary>
    IReadOnlyList<IProcedureStep> StepsOf(Procedure procedure);

    /// <summary>The word for how it ended.</summary>
    string OutcomeOf(Procedure procedure);
}
