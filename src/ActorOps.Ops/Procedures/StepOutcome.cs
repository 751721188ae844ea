using ActorOps.Ops.Emergencies;

namespace ActorOps.Ops.Procedures;

/// <summary>What came of a step. <see cref="StepState.Waiting"/>: not yet, ask again.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Detail">What was seen.</param>
public sealed record StepOutcome(StepState State, string Detail)
{
    /// <summary>It has tried for long enough itself: it is not done again.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Orders and positions before and after, where the step looked at a broker.</summary>
    public Certificate? Certificate { get; init; }

    internal static StepOutcome Done(string detail) => new(StepState.Done, detail);

    internal static StepOutcome Failed(string detail) => new(StepState.Failed, detail);
}
