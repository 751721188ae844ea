namespace ActorOps.Ops.Scopes;

/// <summary>A scope that no desk has, or ever had: stopping it stops nothing.</summary>
/// <param name="Asked">The scope as it was asked for.</param>
/// <param name="Nearest">Known scopes that may have been meant, nearest first, at most 3; may be empty.</param>
public sealed record UnknownScope(string Asked, IReadOnlyList<Scope> Nearest)
{
    /// <summary>Such as <c>no desk has strategy/momentumm; did you mean strategy/momentum?</c></summary>
    public string Sentence => Nearest.Count == 0
        ? $"no desk has {Asked}"
        : $"no desk has {Asked}; did you mean {string.Join(" or ", Nearest)}?";
}
