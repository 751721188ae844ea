namespace ActorOps.Ops.Desks;

/// <summary>A broker connection.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Backup">Broker to use when it fails, if there is one.</param>
public sealed record DeskBroker(string Id, string? Backup = null);
