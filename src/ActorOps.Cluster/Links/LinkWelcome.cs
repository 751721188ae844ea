namespace ActorOps.Cluster.Links;

/// <summary>Answer to a hello.</summary>
/// <param name="Session">Good on this connection only.</param>
/// <param name="Proof">That the other side knows the key too.</param>
public sealed record LinkWelcome(string Session, string Proof);
