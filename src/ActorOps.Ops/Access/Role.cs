namespace ActorOps.Ops.Access;

/// <summary>What a principal may do.</summary>
public enum Role
{
    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,

    /// <summary>On call: reduces risk anywhere, alone.</summary>
    Operator,

    /// <summary>Platform: the same, and nodes, feeds and access.</summary>
    Admin,

    /// <summary>Root cause and fixes: the same as operator.</summary>
    Engineering,

    /// <summary>Approves what adds risk back, never alone.</summary>
    Risk,

    /// <summary>A trading system: signals and gate of its own desk.</summary>
    Desk,

    /// <summary>Anybody who can read a node's own break-glass token: trips at that node when nothing else lets anybody in, and does nothing else.</summary>
    BreakGlass,

    /// <summary>A source of alerts: trips what its alerts name, nothing else.</summary>
    Alerts,
}
