using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Tests.Resets;

public class ScopeWatchTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly SupervisorBoard _summaries = new();
    private readonly SupervisionReports _reports;
    private readonly ScopeWatch _watch;

    public ScopeWatchTests()
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk]);
        var routing = new SignalRouting();
        routing.Replace([.. Targets().Select(target => new SignalTarget(target, "d", AlonePeers.OnlyShard, null))], [OpsHarness.Desk]);
        _reports = new SupervisionReports(new KillSwitchBoard(), _summaries, "n", _time);
        _watch = new ScopeWatch(registry, new ActiveFeeds(), routing, _summaries, _reports, new AlonePeers());
        foreach (var target in Targets())
        {
            Put(target, Verdict.Healthy);
        }
    }

    [Fact]
    public void A_scope_is_well_when_everything_it_needs_is()
    {
        Assert.Equal((true, true), State("strategy/s"));
        Put(new(TargetKind.Strategy, "t"), Verdict.Critical, "drawdown");
        Assert.Equal((true, true), State("strategy/s"));
        Assert.Equal((true, false), State("account/a"));
        Assert.Equal((true, false), State("firm"));
        Put(new(TargetKind.Strategy, "t"), Verdict.Healthy);
        Put(new(TargetKind.Feed, "f"), Verdict.Critical, "feed-silence");
        Assert.Equal((true, false), State("strategy/s"));
    }

    [Fact]
    public void A_breach_that_is_known_does_not_count_and_another_one_beside_it_does()
    {
        Put(new(TargetKind.Strategy, "s"), Verdict.Critical, "hourly-pnl");
        Assert.Equal((true, true), State("strategy/s", "strategy/s hourly-pnl"));
        Put(new(TargetKind.Strategy, "s"), Verdict.Critical, "hourly-pnl", "drawdown");
        Assert.Equal((true, false), State("strategy/s", "strategy/s hourly-pnl"));
    }

    [Fact]
    public void What_nobody_sees_is_unknown()
    {
        Put(new(TargetKind.Broker, "b"), Verdict.Unknown);
        Assert.Equal((false, false), State("strategy/s"));
        Put(new(TargetKind.Broker, "b"), Verdict.Healthy);
        _summaries.Remove(new(TargetKind.Strategy, "s"));
        Assert.Equal((false, false), State("strategy/s"));
    }

    private static IEnumerable<TargetId> Targets() => [new(TargetKind.Strategy, "s"), new(TargetKind.Strategy, "t"), new(TargetKind.Feed, "f"), new(TargetKind.Feed, "g"), new(TargetKind.Broker, "b")];

    private void Put(TargetId target, Verdict verdict, params string[] critical) =>
        _summaries.Put(new SupervisorSummary(target, "d", "/", verdict, [.. critical.Select(rule => new RuleReading(rule, RuleLevel.Critical, 1, 1, 0, null))], 0));

    private (bool IsKnown, bool IsGood) State(string text, params string[] ignored)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        var health = _watch.HealthOf(scope, ignored);
        return (health.IsKnown, health.IsGood);
    }
}
