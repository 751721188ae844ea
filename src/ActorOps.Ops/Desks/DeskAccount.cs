namespace ActorOps.Ops.Desks;

/// <summary>An account at a broker.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Broker">Its broker.</param>
/// <param name="Aum">Base of its percentage limits, above 0.</param>
public sealed record DeskAccount(string Id, string Broker, decimal Aum);
