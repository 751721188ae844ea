namespace ActorOps.Ops.Gates;

/// <summary>Who gives permits.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Incarnation">Start count of the node.</param>
/// <param name="Epoch">Epoch of the kill switch.</param>
/// <param name="Time">Clock.</param>
public sealed record GateIdentity(string Node, long Incarnation, long Epoch, TimeProvider Time);
