namespace ActorOps.Cluster.Membership;

/// <summary>Which states mean what.</summary>
public static class MemberStates
{
    /// <summary>True while the incarnation renews its lease and its epochs are good.</summary>
    public static bool IsAlive(this MemberState state) => state is MemberState.Joining or MemberState.Up or MemberState.Leaving;
}
