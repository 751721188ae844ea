namespace ActorOps.Hocon;

/// <summary>A text that is not HOCON or cannot be resolved. The message begins with file, line and column.</summary>
public sealed class HoconException(SourcePosition position, string problem) : FormatException($"{position}: {problem}")
{
    /// <summary>Where.</summary>
    public SourcePosition Position { get; } = position;

    /// <summary>What was found and what was expected.</summary>
    public string Problem { get; } = problem;

    internal bool IsCycle { get; init; }
}
