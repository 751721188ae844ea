using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Tests.Supervisors.Monitors;

public class StrategyMonitorTests
{
    private const long Day = 86_400_000;
    private static readonly RuleOptions Options = TestLimits.Create();
    private readonly List<RuleOutcome> _outcomes = [];
    private readonly StrategyMonitor _monitor = new(new TargetId(TargetKind.Strategy, "s"), 100_000, Options);
    private long _now = 1_000_000;

    [Fact]
    public void Without_a_profit_figure_it_is_unknown_and_a_stale_one_makes_it_so_again()
    {
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
        Pnl(0);
        Assert.Equal(Verdict.Healthy, _monitor.Verdict);
        _now += 11_000;
        _monitor.Tick(_now, _outcomes);
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
        Assert.Contains("no P&L for 11 s", _monitor.Reasons.First().Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_within_the_hour_is_critical_and_one_spread_over_two_hours_is_not()
    {
        Pnl(0);
        Pnl(-600);
        Assert.Equal(RuleLevel.Critical, Level("hourly-pnl"));
        _now += 61 * 60_000;
        Pnl(-600);
        Assert.Equal(RuleLevel.Healthy, Level("hourly-pnl"));
        Pnl(-900);
        Assert.Equal(RuleLevel.Healthy, Level("hourly-pnl"));
    }

    [Fact]
    public void The_roll_to_a_new_day_is_not_a_loss()
    {
        Pnl(5000, day: 10);
        Pnl(0, day: 11);
        Assert.Equal(RuleLevel.Healthy, Level("hourly-pnl"));
        Assert.Equal(0, _monitor.Rules.First(rule => rule.Name == "drawdown").Value);
        Pnl(-2500, day: 11);
        Assert.Equal(RuleLevel.Critical, Level("daily-pnl"));
    }

    [Fact]
    public void A_figure_of_an_earlier_day_or_moment_changes_nothing()
    {
        Pnl(0, day: 11);
        Pnl(-50_000, day: 10);
        Assert.Equal(RuleLevel.Healthy, Level("daily-pnl"));
        Assert.Equal(1, _monitor.Dropped);
    }

    [Fact]
    public void Drawdown_is_from_the_peak_of_equity()
    {
        Pnl(0, equity: 100_000);
        Pnl(20_000, equity: 120_000);
        Pnl(7_000, equity: 107_000);
        Assert.Equal(13_000 / 120_000.0 * 100, _monitor.Rules.First(rule => rule.Name == "drawdown").Value, 6);
        Assert.Equal(Verdict.Critical, _monitor.Verdict);
    }

    [Fact]
    public void Slippage_needs_ten_fills_and_a_repeated_fill_counts_once()
    {
        Pnl(0);
        for (var i = 0; i < 9; i++)
        {
            Fill($"f{i}", price: 100.08);
            Fill($"f{i}", price: 100.08);
        }

        Assert.Equal(RuleLevel.NotEvaluated, Level("slippage-ratio"));
        Fill("f9", price: 100.08);
        Assert.Equal(RuleLevel.Critical, Level("slippage-ratio"));
        Assert.Equal(4, _monitor.Rules.First(rule => rule.Name == "slippage-ratio").Value, 6);
    }

    [Fact]
    public void Cancels_under_a_control_do_not_count_against_the_fill_rate()
    {
        Pnl(0);
        for (var i = 0; i < 20; i++)
        {
            Order($"o{i}", OrderState.Pending);
            Order($"o{i}", OrderState.Filled);
        }

        _monitor.ScopeState = TradingState.Killed;
        Order("k", OrderState.Pending);
        Order("k", OrderState.Canceled);
        Assert.Equal(RuleLevel.Healthy, Level("fill-rate"));
        _monitor.ScopeState = TradingState.Active;
        for (var i = 0; i < 3; i++)
        {
            Order($"c{i}", OrderState.Pending);
            Order($"c{i}", OrderState.Canceled);
        }

        Assert.Equal(RuleLevel.Critical, Level("fill-rate"));
    }

    [Fact]
    public void Lost_lines_make_counting_rules_unknown_until_they_have_refilled_and_leave_profit_alone()
    {
        Pnl(0);
        Operations(100, 0);
        Assert.Equal(RuleLevel.Healthy, Level("error-rate"));
        _monitor.OnGap(_now);
        _monitor.Tick(_now, _outcomes);
        Assert.Equal(RuleLevel.Unknown, Level("error-rate"));
        Assert.Equal(RuleLevel.Healthy, Level("hourly-pnl"));
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
        Operations(20, 0);
        Assert.Equal(RuleLevel.Healthy, Level("error-rate"));
    }

    [Fact]
    public void A_restart_is_not_a_fresh_start()
    {
        Pnl(10_000, equity: 110_000);
        Pnl(9_700, equity: 109_700);
        var checkpoint = _monitor.Save(_now, 5_000_000)!;
        var next = new StrategyMonitor(_monitor.Id, 100_000, Options);
        next.Restore(checkpoint, _now + 60_000, 5_060_000);
        next.On(new Signal { Type = SignalType.Pnl, Realized = 9_400, Equity = 98_000, ReceivedMs = _now + 60_000, AtMs = Day * 10 + _now + 60_000 }, _outcomes);
        Assert.Equal(-0.6, next.Rules.First(rule => rule.Name == "hourly-pnl").Value, 6);
        Assert.Equal((110_000 - 98_000) / 110_000.0 * 100, next.Rules.First(rule => rule.Name == "drawdown").Value, 6);
    }

    private RuleLevel Level(string rule) => _monitor.Rules.First(candidate => candidate.Name == rule).Level;

    private void Pnl(double cumulative, long day = 10, double equity = double.NaN) =>
        _monitor.On(new Signal { Type = SignalType.Pnl, Realized = cumulative, Equity = equity, ReceivedMs = _now, AtMs = (Day * day) + _now }, _outcomes);

    private void Operations(int count, int errors) => _monitor.On(new Signal { Type = SignalType.Operation, Count = count, Errors = errors, LatencyMs = double.NaN, ReceivedMs = _now }, _outcomes);

    private void Order(string id, OrderState state) => _monitor.On(new Signal { Type = SignalType.Order, OrderState = state, Quantity = 10, ReceivedMs = _now, Detail = new SignalDetail(id) }, _outcomes);

    private void Fill(string id, double price) => _monitor.On(
        new Signal { Type = SignalType.Fill, Price = price, Quantity = 10, ArrivalPrice = 100, SimulatedPrice = 100.02, ReceivedMs = _now, Detail = new SignalDetail(id, "o", true) }, _outcomes);
}
