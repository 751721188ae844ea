using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Tests.Supervisors.Monitors;

public class FeedMonitorTests
{
    private readonly List<RuleOutcome> _outcomes = [];
    private readonly FeedMonitor _monitor = new(new TargetId(TargetKind.Feed, "f"), TestLimits.Create());
    private long _now = 1_000_000;
    private long _sequence;

    [Fact]
    public void Silence_warns_at_ten_seconds_and_is_confirmed_by_the_third_look_past_thirty()
    {
        Tick(100);
        Pass(11);
        Assert.Equal(RuleLevel.Warning, Level("feed-silence"));
        Pass(20);
        Assert.Contains(_outcomes, outcome => outcome.Step == RuleStep.Alerted);
        Assert.DoesNotContain(_outcomes, outcome => outcome.Step.HasFlag(RuleStep.Confirmed));
        Pass(2);
        Assert.Contains(_outcomes, outcome => outcome.Rule.Name == "feed-silence" && outcome.Step.HasFlag(RuleStep.Confirmed));
    }

    [Fact]
    public void A_feed_that_never_spoke_is_unknown()
    {
        Pass(1);
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
    }

    [Fact]
    public void One_gap_warns_more_than_five_a_minute_are_critical_and_they_age()
    {
        Tick(100);
        Gap();
        Pass(1);
        Assert.Equal(RuleLevel.Warning, Level("sequence-gaps"));
        for (var i = 0; i < 5; i++)
        {
            Gap();
        }

        Pass(1);
        Assert.Equal(RuleLevel.Critical, Level("sequence-gaps"));
        for (var i = 0; i < 70; i++)
        {
            Tick(100 + i);
            Pass(1);
        }

        Assert.Equal(RuleLevel.Healthy, Level("sequence-gaps"));
    }

    [Fact]
    public void An_old_or_repeated_number_is_dropped()
    {
        Tick(100);
        _sequence--;
        Tick(50);
        Assert.Equal(1, _monitor.Dropped);
    }

    [Fact]
    public void The_same_price_with_fresh_timestamps_is_a_frozen_feed()
    {
        for (var i = 0; i < 70; i++)
        {
            Tick(100);
            Pass(1);
        }

        Assert.Equal(RuleLevel.Warning, Level("frozen-price"));
        Tick(100.01);
        Pass(1);
        Assert.NotEqual(RuleLevel.Warning, Level("frozen-price"));
    }

    private RuleLevel Level(string rule) => _monitor.Rules.First(candidate => candidate.Name == rule).Level;

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _now += 1000;
            _monitor.Tick(_now, _outcomes);
        }
    }

    private void Gap()
    {
        _sequence += 3;
        Tick(100);
    }

    private void Tick(double price) => _monitor.On(new Signal { Type = SignalType.Tick, Price = price, Sequence = ++_sequence, ReceivedMs = _now, AtMs = _now, SymbolKey = 1 }, _outcomes);
}
