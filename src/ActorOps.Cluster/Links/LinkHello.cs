namespace ActorOps.Cluster.Links;

/// <summary>The first message on a connection: who speaks, to whom, and the proof that it knows the cluster's key.</summary>
/// <param name="Cluster">Name of the cluster.</param>
/// <param name="StoreId">Its store.</param>
/// <param name="Node">Who speaks.</param>
/// <param name="Incarnation">Which life of it.</param>
/// <param name="To">Who is meant.</param>
/// <param name="ServerNonce">What the other node asked to be proved, once.</param>
/// <param name="ClientNonce">What it must prove in turn.</param>
/// <param name="Protocol">Version of what is said on links.</param>
/// <param name="Proof">HMAC of all of that under the key, lower-case hex.</param>
public sealed record LinkHello(string Cluster, Guid StoreId, string Node, long Incarnation, string To, string ServerNonce, string ClientNonce, int Protocol, string Proof);
