namespace ActorOps.Ops.Situations;

/// <summary>A registered desk.</summary>
/// <param name="Desk">Its id.</param>
/// <param name="IsConnected">Connected to a node that answers.</param>
/// <param name="HasPermit">False: it is connected here and nobody has given it a permit for longer than a permit lives.</param>
public sealed record DeskFact(string Desk, bool IsConnected, bool HasPermit = true);
