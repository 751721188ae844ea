namespace ActorOps.Ops.Approvals;

/// <summary>What is remembered of a principal's codes.</summary>
/// <param name="LastStep">Step of the last one that counted.</param>
/// <param name="Wrong">Wrong ones since then.</param>
/// <param name="WrongAt">When the last of these came.</param>
internal sealed record CodeUse(long LastStep, int Wrong, DateTimeOffset WrongAt)
{
    public static CodeUse None { get; } = new(-1, 0, DateTimeOffset.MinValue);

    /// <summary>One more wrong one.</summary>
    public CodeUse Again(DateTimeOffset at) => this with { Wrong = Wrong + 1, WrongAt = at };
}
