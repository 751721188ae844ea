using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Tests.Peers;

public class SupervisionReportsTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly KillSwitchBoard _board = new();
    private readonly SupervisorBoard _supervisors = new();
    private readonly SupervisionReports _reports;

    public SupervisionReportsTests() => _reports = new SupervisionReports(_board, _supervisors, "a", _time);

    [Fact]
    public void Holds_of_another_node_are_in_force_here_until_it_says_otherwise()
    {
        _board.Hold(Scope.Strategy("own"), "own", TradingState.ReduceOnly);
        _reports.Accept(Report(new HeldScope(Scope.Strategy("s"), "strategy/s", TradingState.CancelOnly)));
        Assert.Equal(TradingState.CancelOnly, _board.Current.Of(Scope.Strategy("s")).Level);
        Assert.Equal(["own"], _reports.Make(1).Holds.Select(hold => hold.Cause));

        // Silence lifts nothing.
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TradingState.CancelOnly, _board.Current.Of(Scope.Strategy("s")).Level);
        Assert.Equal(TimeSpan.FromMinutes(5), _reports.SilenceOf("b"));
        _reports.Accept(Report());
        Assert.Equal(TradingState.Active, _board.Current.Of(Scope.Strategy("s")).Level);
        Assert.Equal(TradingState.ReduceOnly, _board.Current.Of(Scope.Strategy("own")).Level);
    }

    [Fact]
    public void The_same_report_again_changes_nothing()
    {
        var changes = 0;
        _reports.Accept(Report(new HeldScope(Scope.Firm, "x", TradingState.ReduceOnly)));
        _board.Changed += () => changes++;
        _reports.Accept(Report(new HeldScope(Scope.Firm, "x", TradingState.ReduceOnly)));
        Assert.Equal(0, changes);
        _reports.Forget("b");
        Assert.Equal((1, TradingState.Active), (changes, _board.Current.Of(Scope.Firm).Level));
        Assert.Null(_reports.SilenceOf("b"));
    }

    [Fact]
    public void Ages_and_not_times_travel_since_two_nodes_share_no_clock()
    {
        var feed = new TargetId(TargetKind.Feed, "f");
        Assert.Null(_reports.LastTickMs("f"));
        _time.Advance(TimeSpan.FromSeconds(100));
        _reports.Accept(new SupervisionReport("b", 1, [], new Dictionary<string, long> { ["f"] = 3000 }));
        Assert.Equal(97_000, _reports.LastTickMs("f")!.Value - StartMs);
        _supervisors.Put(new SupervisorSummary(feed, "d", "/x", Verdict.Healthy, [], StartMs + 99_000));
        Assert.Equal(99_000, _reports.LastTickMs("f")!.Value - StartMs);
        Assert.Equal(1000, _reports.Make(1).Feeds["f"]);
    }

    private long StartMs { get; } = ActorOps.Kernel.Scheduling.MonotonicMilliseconds.GetMilliseconds(new VirtualTimeProvider());

    private static SupervisionReport Report(params HeldScope[] holds) => new("b", 1, holds, new Dictionary<string, long>());
}
