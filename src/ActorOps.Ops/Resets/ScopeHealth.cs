namespace ActorOps.Ops.Resets;

/// <summary>How a scope is, in three words.</summary>
/// <param name="IsKnown">False: something in it cannot be judged.</param>
/// <param name="IsGood">False with <paramref name="IsKnown"/>: something in it is critical.</param>
/// <param name="Detail">What.</param>
public sealed record ScopeHealth(bool IsKnown, bool IsGood, string Detail)
{
    /// <summary>Everything is known, and nothing is critical.</summary>
    public static ScopeHealth Good(string detail) => new(true, true, detail);

    /// <summary>Something is critical.</summary>
    public static ScopeHealth Bad(string detail) => new(true, false, detail);

    /// <summary>Something cannot be judged.</summary>
    public static ScopeHealth Unknown(string detail) => new(false, false, detail);
}
