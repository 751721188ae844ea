using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Nodes;

/// <summary>The cluster does not take this node. The message says what is in the way.</summary>
public sealed class JoinRefusedException(JoinResult.Refused refused) : InvalidOperationException(refused.Why)
{
    /// <summary>wrong-cluster, already-running or incompatible-version.</summary>
    public string Code { get; } = refused.Code;
}
