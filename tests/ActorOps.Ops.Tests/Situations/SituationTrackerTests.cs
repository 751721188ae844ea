using ActorOps.Ops.Situations;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Situations;

public class SituationTrackerTests
{
    private static readonly SituationFacts Fine = new("n1", Trips.Now) { Nodes = [new("n1", "Up", TimeSpan.Zero)] };
    private static readonly SituationFacts Alone = Fine with { Desks = [new("paper", IsConnected: false)] };

    [Fact]
    public void What_has_no_date_of_its_own_is_dated_by_when_it_was_first_seen()
    {
        var tracker = new SituationTracker();
        tracker.Observe(Fine);
        Assert.Equal(Trips.Now.AddSeconds(5), tracker.Observe(Alone with { Now = Trips.Now.AddSeconds(5) }).Since);
        Assert.Equal(Trips.Now.AddSeconds(5), tracker.Observe(Alone with { Now = Trips.Now.AddSeconds(60) }).Since);
        Assert.Equal(Trips.Now.AddSeconds(90), tracker.Observe(Fine with { Now = Trips.Now.AddSeconds(90) }).Since);
        Assert.Equal(Trips.Now.AddSeconds(90), tracker.Observe(Fine with { Now = Trips.Now.AddSeconds(99) }).Since);
    }

    [Fact]
    public void A_change_of_the_word_is_told_once()
    {
        var (tracker, told) = (new SituationTracker(), new List<string>());
        tracker.Changed = (before, after) => told.Add($"{before} -> {after.State}");
        tracker.Observe(Fine);
        tracker.Observe(Alone);
        tracker.Observe(Alone);
        tracker.Observe(Fine);
        Assert.Equal(["ACTIVE -> NOT CONNECTED", "NOT CONNECTED -> ACTIVE"], told);
    }
}
