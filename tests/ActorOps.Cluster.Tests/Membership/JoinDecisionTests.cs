using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Membership;

public class JoinDecisionTests
{
    private static readonly Guid Session = Guid.CreateVersion7();

    [Fact]
    public void A_first_join_is_the_first_life_and_each_later_one_a_new_life()
    {
        Assert.Equal(new JoinDecision(null, 1, false, null), JoinDecision.Decide(Request(), null, []));
        Assert.Equal(new JoinDecision(null, 8, false, null), JoinDecision.Decide(Request(), Life(MemberState.Down, expired: true), []));
        Assert.Equal(new JoinDecision(null, 8, false, null), JoinDecision.Decide(Request(), Life(MemberState.Removed, expired: false), []));
    }

    [Fact]
    public void The_same_session_keeps_its_life_unless_that_has_ended()
    {
        Assert.Equal(new JoinDecision(null, 7, true, null), JoinDecision.Decide(Request(), Life(MemberState.Up, expired: true) with { Session = Session }, []));
        Assert.Equal(new JoinDecision(null, 8, false, null), JoinDecision.Decide(Request(), Life(MemberState.Down, expired: true) with { Session = Session }, []));
    }

    [Fact]
    public void Another_process_of_that_name_is_refused_while_the_first_lives_and_ends_it_when_it_is_silent()
    {
        Assert.Equal("already-running", JoinDecision.Decide(Request(), Life(MemberState.Leaving, expired: false), []).Refusal!.Code);
        Assert.Equal(new JoinDecision(null, 8, false, 7), JoinDecision.Decide(Request(), Life(MemberState.Up, expired: true), []));
    }

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(4, 3, true)]
    [InlineData(5, 4, false)]
    [InlineData(1, 1, false)]
    public void Versions_work_together_when_each_reads_what_the_other_writes(int protocol, int oldest, bool works)
    {
        var other = Views.Member("other", 1) with { Description = new NodeDescription("eu", [], "x", "0.3", 3, 2) };
        Assert.Equal(works, JoinDecision.Decide(Request(protocol, oldest), null, [other]).Refusal is null);
        Assert.Null(JoinDecision.Decide(Request(protocol, oldest), null, [other with { State = MemberState.Down }]).Refusal);
    }

    private static JoinRequest Request(int protocol = 1, int oldest = 1) => new("n", Session, "c", new NodeDescription("eu", [], "x", "0", protocol, oldest), Views.Ttl);

    private static NodeLife Life(MemberState state, bool expired) => new(state, 7, Guid.CreateVersion7(), 3, expired);
}
