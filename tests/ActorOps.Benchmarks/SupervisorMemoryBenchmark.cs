using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors;
using ActorOps.Ops.Supervisors.Monitors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks;

internal static class SupervisorMemoryBenchmark
{
    private const int Count = 20_000;

    public static async Task RunAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var sink = system.ActorOf(Props.Create(() => new Sink()));
        var services = new SupervisorServices(null!, new KillSwitchBoard(), new DeskRegistry(), new SupervisorBoard(), BenchNode.Limits)
        {
            ActiveFeeds = new ActiveFeeds(),
            FeedSwitch = sink,
            Escalations = sink,
            Checkpoints = sink,
            Peers = null!,
            Reports = null!,
        };
        var token = new FencingToken("shard/eu/00", 1);
        var before = Settled();
        var inboxes = new SignalInbox[Count];
        for (var i = 0; i < Count; i++)
        {
            ActorRef? reference = null;
            var target = new TargetId(TargetKind.Component, $"c{i}");
            inboxes[i] = new SignalInbox(4096, () => reference!.Tell(SupervisorCommand.Drain.Instance));
            var setup = new SupervisorSetup(target, null, "/x", inboxes[i], () => new StrategyMonitor(target, 1000, BenchNode.Limits)) { Token = token, Verdicts = sink };
            reference = system.ActorOf(Props.Create(() => new SupervisorActor(setup, services)));
        }

        var idle = (Settled() - before) / (double)Count;
        foreach (var inbox in inboxes)
        {
            for (var i = 0; i < 60; i++)
            {
                inbox.TryWrite(new Signal { Type = SignalType.Pnl, ReceivedMs = i * 60_000, AtMs = i * 60_000, Equity = double.NaN });
                inbox.TryWrite(new Signal { Type = SignalType.Fill, Price = 1, Quantity = 1, ArrivalPrice = 1, SimulatedPrice = 1, ReceivedMs = i * 60_000, Detail = new SignalDetail($"f{i}", "o", true) });
            }
        }

        var active = (Settled() - before) / (double)Count;
        Figures.Print("supervisor-idle", idle, "bytes", "budget", 2048);
        Figures.Print("supervisor-active", active, "bytes", "budget", 16_384);
        await system.StopAsync();
    }

    private static long Settled()
    {
        Thread.Sleep(1500);
        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        return GC.GetTotalMemory(true);
    }

    private sealed class Sink : Actor
    {
        protected override ValueTask Receive(object message) => default;
    }
}
