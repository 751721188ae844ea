using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Supervisors;

public sealed class ShardHostActorTests : IAsyncLifetime
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ActorSystem _system;
    private readonly TestProbe _escalations;
    private readonly KillSwitchBoard _board = new();
    private readonly SupervisorBoard _summaries = new();
    private readonly SignalRouting _routing = new();

    public ShardHostActorTests()
    {
        _system = new ActorSystem(_time, NullLoggerFactory.Instance);
        _escalations = new TestProbe(_system);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.StopAsync();

    [Fact]
    public async Task A_supervisor_that_crashes_is_restarted_and_one_that_keeps_crashing_is_held_and_escalated()
    {
        var created = 0;
        Start(_ =>
        {
            Interlocked.Increment(ref created);
            return new Failing();
        });
        await Waiting.For(() => _routing.Current.Find(TargetKind.Strategy, "s"u8)?.Inbox is not null);
        var inbox = _routing.Current.Find(TargetKind.Strategy, "s"u8)!.Inbox!;
        await Waiting.For(() =>
        {
            inbox.TryWrite(default);
            SignalInbox.Return(inbox.Take());
            inbox.TryWrite(default);
            _time.Advance(TimeSpan.FromSeconds(1));
            return _board.Current.Of(Scope.Strategy("s")).Cause.StartsWith("hold:supervisor-lost", StringComparison.Ordinal);
        });
        Assert.Equal(TradingState.ReduceOnly, _board.Current.Of(Scope.Strategy("s")).Level);
        Assert.Contains("supervisor lost", (await _escalations.Fish<ActorOps.Ops.Escalations.Escalation>(escalation => escalation.Target == "strategy/s")).Text, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unknown, _summaries.Find(new TargetId(TargetKind.Strategy, "s"))!.Verdict);
        Assert.True(created > 5);
        for (var i = 0; i < SignalRouting.InboxCapacity * 2; i++)
        {
            Assert.True(inbox.TryWrite(default), "a dead supervisor must not stop its desk's stream");
        }
    }

    private void Start(Func<SupervisorSetup, Actor> supervisor)
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk]);
        var silent = new TestProbe(_system).Ref;
        var services = new SupervisorServices(null!, _board, registry, _summaries, TestLimits.Create())
        {
            ActiveFeeds = new ActiveFeeds(),
            FeedSwitch = silent,
            Escalations = _escalations.Ref,
            Checkpoints = _system.ActorOf(Props.Create(() => new CheckpointActor(new InMemorySnapshotStore(), NullLogger.Instance))),
            Peers = new AlonePeers(),
            Reports = new SupervisionReports(_board, _summaries, "n", _time),
        };
        var host = _system.ActorOf(Props.Create(() => new ShardHostActor(services, _routing, new InMemoryJournal(_time), NullLogger.Instance, setup => Props.Create(() => supervisor(setup)))), "shards");
        host.Tell(new ShardCommand.Take(new FencingToken(AlonePeers.OnlyShard, 1)));
    }

    private sealed class Failing : Actor
    {
        protected override ValueTask Receive(object message) => throw new InvalidOperationException("asked to fail");
    }
}
