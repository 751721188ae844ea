using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Leases;

public class LapseObserverTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Silent_for_a_whole_time_to_live_and_expired_is_lapsed()
    {
        var observer = new LapseObserver(_time);
        Assert.Empty(observer.Observe(View(b: 7, expired: true), "a"));
        _time.Advance(Views.Ttl - TimeSpan.FromMilliseconds(1));
        Assert.Empty(observer.Observe(View(b: 7, expired: true), "a"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("b", Assert.Single(observer.Observe(View(b: 7, expired: true), "a")).Key.Node);
    }

    [Fact]
    public void A_jump_of_the_stores_clock_alone_evicts_nobody()
    {
        var observer = new LapseObserver(_time);
        for (var beat = 0; beat < 20; beat++)
        {
            Assert.Empty(observer.Observe(View(b: beat, expired: true), "a"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void A_clock_that_stands_still_saves_nobody_from_being_seen_but_nobody_is_evicted_before_the_store_agrees()
    {
        var observer = new LapseObserver(_time);
        observer.Observe(View(b: 1, expired: false), "a");
        _time.Advance(10 * Views.Ttl);
        Assert.Empty(observer.Observe(View(b: 1, expired: false), "a"));
        Assert.Single(observer.Observe(View(b: 1, expired: true), "a"));
    }

    [Fact]
    public void A_failed_read_starts_every_observation_over()
    {
        var observer = new LapseObserver(_time);
        observer.Observe(View(b: 1, expired: true), "a");
        _time.Advance(Views.Ttl);
        observer.OnReadFailed();
        Assert.Empty(observer.Observe(View(b: 1, expired: true), "a"));
        _time.Advance(Views.Ttl);
        Assert.Single(observer.Observe(View(b: 1, expired: true), "a"));
    }

    [Fact]
    public void When_many_lapse_together_they_are_given_one_more_time_to_live_and_no_longer()
    {
        var observer = new LapseObserver(_time);
        ClusterView Many(long own) => Views.Of(Views.Member("a", own), Views.Member("b", 1, true), Views.Member("c", 1, true), Views.Member("d", 1));
        observer.Observe(Many(1), "a");
        _time.Advance(Views.Ttl);
        Assert.Empty(observer.Observe(Many(2), "a"));
        _time.Advance(Views.Ttl - TimeSpan.FromMilliseconds(1));
        Assert.Empty(observer.Observe(Many(3), "a"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, observer.Observe(Many(4), "a").Count);
    }

    [Fact]
    public void Nobody_evicts_itself_or_those_who_are_gone()
    {
        var observer = new LapseObserver(_time);
        var view = Views.Of(Views.Member("a", 1, true), Views.Member("b", 1, true, MemberState.Down), Views.Member("c", 1, true, MemberState.Removed));
        observer.Observe(view, "a");
        _time.Advance(10 * Views.Ttl);
        Assert.Empty(observer.Observe(view, "a"));
    }

    private static ClusterView View(long b, bool expired) => Views.Of(Views.Member("a", 1), Views.Member("b", b, expired));
}
