using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Dispatching;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Kernel.Tests.Dispatching;

public class DedicatedDispatcherTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_actor_runs_on_its_threads_before_and_after_an_await_and_a_blocking_one_holds_up_nobody_else()
    {
        using var dispatcher = new DedicatedDispatcher("blocking");
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        using var gate = new ManualResetEventSlim();
        var blocking = system.ActorOf(Props.Create(() => new WhereAmI(gate)).WithDispatcher(dispatcher));
        var other = system.ActorOf(Props.Create(() => new WhereAmI(gate)));
        Assert.Equal("blocking-1 blocking-1", await blocking.Ask<string>("where", Limit, TimeProvider.System));
        blocking.Tell("block");
        Assert.DoesNotContain("blocking", await other.Ask<string>("where", Limit, TimeProvider.System), StringComparison.Ordinal);
        gate.Set();
        Assert.Equal("blocking-1 blocking-1", await blocking.Ask<string>("where", Limit, TimeProvider.System));
        await system.StopAsync();
    }

    [Fact]
    public async Task What_is_scheduled_after_its_end_still_runs()
    {
        var dispatcher = new DedicatedDispatcher("ended", threads: 2);
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance, new ActorSystemOptions { DefaultDispatcher = dispatcher });
        using var gate = new ManualResetEventSlim(true);
        var actor = system.ActorOf(Props.Create(() => new WhereAmI(gate)));
        await actor.Ask<string>("where", Limit, TimeProvider.System);
        dispatcher.Dispose();
        // Every question is answered, at first perhaps by a thread that finishes what it has, then by the pool.
        await Waiting.For(async () => !(await actor.Ask<string>("where", Limit, TimeProvider.System)).Contains("ended", StringComparison.Ordinal));
        await system.StopAsync();
    }

    private sealed class WhereAmI(ManualResetEventSlim gate) : Actor
    {
        protected override async ValueTask Receive(object message)
        {
            if (message is "block")
            {
                gate.Wait(Limit);
                return;
            }

            var before = Thread.CurrentThread.Name;
            await Task.Yield();
            Sender.Tell($"{before} {Thread.CurrentThread.Name}");
        }
    }
}
