using ActorOps.Cluster.Links;

namespace ActorOps.Server.Clustering;

/// <summary>Both ends of this node's links.</summary>
internal sealed record LinkServices(LinkHub Hub, LinkSessions Sessions, LinkReceiver Receiver);
