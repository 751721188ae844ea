namespace ActorOps.Cluster.Membership;

/// <summary>The whole decision on a join, the same in every engine.</summary>
/// <param name="Refusal">Why not; null: the node may join.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="IsRepeat">The same process has joined before: nothing is to be written.</param>
/// <param name="Ends">Life that must be declared dead first; null: none.</param>
public sealed record JoinDecision(JoinResult.Refused? Refusal, long Incarnation, bool IsRepeat, long? Ends)
{
    /// <summary>Decides on a request, with the node's own row (null: never seen) and everybody else locked or read in the same transaction.</summary>
    public static JoinDecision Decide(JoinRequest request, NodeLife? life, IReadOnlyList<Member> members)
    {
        var lives = life is not null && life.State.IsAlive();
        if (lives && life!.Session == request.Session)
        {
            return new JoinDecision(null, life.Incarnation, IsRepeat: true, null);
        }

        if (lives && !life!.IsExpired)
        {
            return Refuse("already-running", $"Node '{request.Node}' is running already, as incarnation {life.Incarnation}. Give this one another name, or wait until that one's lease has expired.");
        }

        var (protocol, oldest) = (request.Description.Protocol, request.Description.OldestProtocol);
        var stranger = members.FirstOrDefault(member => member.State.IsAlive() && member.Key.Node != request.Node && !member.Description.WorksWith(protocol, oldest));
        if (stranger is { Description: var other })
        {
            return Refuse("incompatible-version", $"This node speaks protocols {oldest} to {protocol}, {stranger.Key.Node} (version {other.Version}) speaks {other.OldestProtocol} to {other.Protocol}. Upgrade one version at a time.");
        }

        return new JoinDecision(null, (life?.Incarnation ?? 0) + 1, IsRepeat: false, lives ? life!.Incarnation : null);
    }

    private static JoinDecision Refuse(string code, string why) => new(new JoinResult.Refused(code, why), 0, IsRepeat: false, null);
}
