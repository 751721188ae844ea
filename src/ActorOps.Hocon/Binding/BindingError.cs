namespace ActorOps.Hocon.Binding;

/// <summary>One setting that cannot be used.</summary>
/// <param name="Key">Its path, with dots.</param>
/// <param name="Position">Where it was written; null when it was not.</param>
/// <param name="Problem">What was found and what was expected.</param>
public sealed record BindingError(string Key, SourcePosition? Position, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => Position is null ? $"{Key}: {Problem}" : $"{Position}: {Key}: {Problem}";
}
