namespace ActorOps.Cluster.Membership;

/// <summary>A process that wants to be a node.</summary>
/// <param name="Node">Its name: 1 to 100 letters, digits or <c>. _ : -</c>.</param>
/// <param name="Session">Made at random once a process: tells a repeated join from a second process of the same name.</param>
/// <param name="Cluster">Name of the cluster that it thinks it joins.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Ttl">How long its renewals are good for.</param>
public sealed record JoinRequest(string Node, Guid Session, string Cluster, NodeDescription Description, TimeSpan Ttl);
