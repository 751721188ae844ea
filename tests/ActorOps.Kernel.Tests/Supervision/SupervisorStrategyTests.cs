using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

public class SupervisorStrategyTests : KernelTest
{
    [Fact]
    public async Task Restart_gives_a_new_instance_and_keeps_the_mailbox_and_the_address()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Restart, 3, TimeSpan.FromMinutes(1)));
        child.Tell("count");
        child.Tell("fail");
        child.Tell("count");
        await Probe.Expect(1);
        await Probe.Expect(1);
    }

    [Fact]
    public async Task Resume_keeps_the_state()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Resume, 3, TimeSpan.FromMinutes(1)));
        child.Tell("count");
        child.Tell("fail");
        child.Tell("count");
        await Probe.Expect(1);
        await Probe.Expect(2);
    }

    [Fact]
    public async Task Stop_stops_the_child_and_what_it_is_told_later_is_dead()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Stop, 3, TimeSpan.FromMinutes(1)));
        Probe.Watch(child);
        child.Tell("fail");
        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task Restarts_beyond_the_window_stop_the_child_and_say_so()
    {
        var exhausted = new TaskCompletionSource<ActorRef>();
        var child = await Child(new OneForOneStrategy(_ => Directive.Restart, 2, TimeSpan.FromMinutes(1)) { Exhausted = (who, _) => exhausted.SetResult(who) });
        Probe.Watch(child);
        child.Tell("fail");
        child.Tell("fail");
        child.Tell("count");
        await Probe.Expect(1);
        child.Tell("fail");
        await Probe.Expect<Terminated>();
        Assert.Equal(child, await exhausted.Task);
    }

    [Fact]
    public async Task A_window_without_failures_gives_the_restarts_back()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Restart, 1, TimeSpan.FromMinutes(1)));
        child.Tell("fail");
        child.Tell("count");
        await Probe.Expect(1);
        Time.Advance(TimeSpan.FromMinutes(2));
        child.Tell("fail");
        child.Tell("count");
        await Probe.Expect(1);
    }

    [Fact]
    public async Task Backoff_holds_the_restart_until_its_time()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), Jitter: 0);
        var child = await Child(new OneForOneStrategy(_ => Directive.Restart, 5, TimeSpan.FromMinutes(1), backoff));
        child.Tell("fail");
        child.Tell("count");
        await Waiting.For(() => System.Tree().Children.SelectMany(node => node.Children).Any(node => node.State == CellState.Suspended));
        await Probe.ExpectNothing();
        // The parent may still be about to start the timer: time moves until it fires.
        await Waiting.For(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return System.Tree().Children.SelectMany(node => node.Children).All(node => node.State == CellState.Running);
        });
        await Probe.Expect(1);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(5, 1000)]
    [InlineData(500, 1000)]
    public void Backoff_doubles_up_to_its_maximum(int failures, int expected) =>
        Assert.Equal(expected, new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), 0).DelayFor(failures, 0.9).TotalMilliseconds);

    [Fact]
    public async Task Escalate_makes_the_grandparent_decide()
    {
        var parent = await Parent(new OneForOneStrategy(_ => Directive.Escalate, 3, TimeSpan.FromMinutes(1)));
        var child = await Probe.Expect<ActorRef>();
        child.Tell("fail");
        // The guardian restarts the parent, whose PreStart makes a new child.
        Assert.NotSame(child, await Probe.Expect<ActorRef>());
        Assert.NotNull(parent);
    }

    [Fact]
    public async Task A_decider_that_throws_fails_the_supervisor_itself()
    {
        await Parent(new OneForOneStrategy(_ => throw new InvalidOperationException("no idea"), 3, TimeSpan.FromMinutes(1)));
        var child = await Probe.Expect<ActorRef>();
        child.Tell("fail");
        Assert.NotSame(child, await Probe.Expect<ActorRef>());
    }

    private async Task<ActorRef> Child(SupervisorStrategy strategy)
    {
        await Parent(strategy);
        return await Probe.Expect<ActorRef>();
    }

    private Task<ActorRef> Parent(SupervisorStrategy strategy) => Task.FromResult(System.ActorOf(Props.Create(() => new ParentActor(Probe.Ref, strategy))));

    private sealed class ParentActor(ActorRef probe, SupervisorStrategy strategy) : Actor
    {
        protected override SupervisorStrategy SupervisorStrategy => strategy;

        protected override ValueTask PreStart()
        {
            probe.Tell(Context.ActorOf(Props.Create(() => new Counter(probe))));
            return default;
        }

        protected override ValueTask Receive(object message) => default;
    }

    private sealed class Counter(ActorRef probe) : Actor
    {
        private int _count;

        protected override ValueTask Receive(object message)
        {
            if (message is "fail")
            {
                throw new InvalidOperationException("asked to fail");
            }

            probe.Tell(++_count);
            return default;
        }
    }
}
