namespace ActorOps.Hocon.Binding;

/// <summary>
/// A setting that never leaves the process. As a text it is <c>***</c>, so that a log, an error or an answer that shows it by mistake shows nothing;
/// whatever needs the value itself says so with <see cref="Reveal"/>.
/// </summary>
public sealed class Secret(string value)
{
    /// <summary>What stands in its place wherever settings are shown.</summary>
    public const string Mask = "***";

    /// <summary>No secret: an empty text.</summary>
    public static Secret None { get; } = new(string.Empty);

    /// <summary>Nothing was set.</summary>
    public bool IsEmpty => value.Length == 0;

    /// <summary>The value itself.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? string.Empty : Mask;
}
