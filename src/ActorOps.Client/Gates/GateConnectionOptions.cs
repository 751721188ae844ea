using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>How a desk connects.</summary>
public sealed class GateConnectionOptions
{
    /// <summary>Its id.</summary>
    public required string Desk { get; init; }

    /// <summary>Its targets; null: the server's configuration has them.</summary>
    public DeskTargets? Targets { get; init; }

    /// <summary>File for standing trips and applied control events; null: forgotten at exit.</summary>
    public string? MemoryFile { get; init; }

    /// <summary>True when the desk's position figures are its own and current. False: without a permit not even reductions leave.</summary>
    public bool KnowsPosition { get; init; } = true;

    /// <summary>Time from a permit's end to the desk's own cancel of open orders that add risk.</summary>
    public TimeSpan IsolationGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two attempts to connect.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromMilliseconds(500);
}
