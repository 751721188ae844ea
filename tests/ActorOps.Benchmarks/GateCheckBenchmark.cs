using System.Runtime.CompilerServices;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Benchmarks;

internal static class GateCheckBenchmark
{
    public static Task RunAsync()
    {
        var gate = new TradingGate();
        gate.SetTargets(new DeskTargets("eu", "USD", 1000) { Accounts = [new AccountTarget("a", "b", 1000)], Strategies = [new StrategyTarget("s", "a", "f", 1000)] });
        var intent = new OrderIntent(gate.Route("s", "X"), 1, 0, 0, 1);
        const int calls = 5_000_000;
        var clock = Figures.NanosecondsPerCall(calls, Clock);
        var check = Figures.NanosecondsPerCall(calls, n =>
        {
            Permit(gate);
            Check(gate, intent, n);
        });
        Permit(gate);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Check(gate, intent, 100_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Figures.Print("gate-check", check, "ns", "clock_boottime_read", clock);
        Console.WriteLine($"bench gate-check-allocation {allocated} bytes baseline=none:0 ratio=0.00");
        return Task.CompletedTask;
    }

    /// <summary>Good for three seconds, which a round of checks is far below.</summary>
    private static void Permit(TradingGate gate) => gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, gate.NextEcho(), 3000, 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Clock(int calls)
    {
        long sum = 0;
        for (var i = 0; i < calls; i++)
        {
            sum += BootClock.Now();
        }

        GC.KeepAlive(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Check(TradingGate gate, in OrderIntent intent, int calls)
    {
        var allowed = 0;
        for (var i = 0; i < calls; i++)
        {
            allowed += gate.Check(intent) == GateDecision.Allowed ? 1 : 0;
        }

        if (allowed != calls)
        {
            throw new InvalidOperationException("The gate was to be open.");
        }
    }
}
