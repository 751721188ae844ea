using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Tests.Mailboxes;

public class MailboxOptionsTests
{
    [Theory]
    [InlineData(OverflowPolicy.DropNewest, "0,1,2", "3")]
    [InlineData(OverflowPolicy.DropOldest, "0,2,3", "1")]
    [InlineData(OverflowPolicy.Backpressure, "0,1,2", "3")]
    public void A_full_mailbox_drops_what_its_policy_says_into_the_dead_letters(OverflowPolicy policy, string handled, string dead) => Simulation.ForSeeds(5, sim =>
    {
        var letters = sim.Probe();
        sim.System.EventStream.Subscribe<DeadLetter>(letters.Ref);
        var (actor, script, gate) = Busy(sim, MailboxOptions.Bounded(2, policy));
        for (var i = 1; i <= 3; i++)
        {
            actor.Tell(i);
        }

        Assert.Equal(2, sim.System.Tree().Children.Single(node => node.Path == "/user/a").MailboxDepth);
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(handled, string.Join(',', script.Log.Where(line => line.Contains("got", StringComparison.Ordinal)).Select(line => line[^1]).Prepend('0')));
        var letter = Assert.IsType<DeadLetter>(Assert.Single(letters.Take()));
        Assert.Equal((dead, "mailbox full"), ($"{letter.Message}", letter.Reason));
    });

    [Fact]
    public void Fail_throws_at_the_teller_and_queues_nothing() => Simulation.ForSeeds(5, sim =>
    {
        var (actor, script, gate) = Busy(sim, MailboxOptions.Bounded(1, OverflowPolicy.Fail));
        actor.Tell(1);
        Assert.Equal(actor.Path, Assert.Throws<MailboxFullException>(() => actor.Tell(2)).Actor);
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal("a got 1", script.Log[^1]);
        actor.Tell(3);
        sim.RunUntilIdle();
        Assert.Equal("a got 3", script.Log[^1]);
    });

    [Fact]
    public void Backpressure_makes_TellAsync_wait_in_order_and_a_cancelled_one_queues_nothing() => Simulation.ForSeeds(10, sim =>
    {
        var (actor, script, gate) = Busy(sim, MailboxOptions.Bounded(1, OverflowPolicy.Backpressure));
        using var cancellation = new CancellationTokenSource();
        var first = actor.TellAsync(1, ActorRef.NoSender);
        var second = actor.TellAsync(2, ActorRef.NoSender).AsTask();
        var cancelled = actor.TellAsync("cancelled", ActorRef.NoSender, cancellation.Token).AsTask();
        var third = actor.TellAsync(3, ActorRef.NoSender).AsTask();
        sim.RunUntilIdle();
        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted || third.IsCompleted);
        cancellation.Cancel();
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["a got 1", "a got 2", "a got 3"], script.Log.Where(line => line.Contains("got", StringComparison.Ordinal)));
        Assert.True(SpinWait.SpinUntil(() => second.IsCompletedSuccessfully && third.IsCompletedSuccessfully && cancelled.IsCanceled, TimeSpan.FromSeconds(5)));
    });

    [Fact]
    public void A_stopped_actor_lets_those_in_that_wait_for_room_and_their_messages_die() => Simulation.ForSeeds(10, sim =>
    {
        var (actor, _, gate) = Busy(sim, MailboxOptions.Bounded(1, OverflowPolicy.Backpressure));
        actor.Tell(1);
        actor.Tell(PoisonPill.Instance);
        var first = actor.TellAsync("too late", ActorRef.NoSender).AsTask();
        var second = actor.TellAsync("later still", ActorRef.NoSender).AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted);
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.True(SpinWait.SpinUntil(() => first.IsCompletedSuccessfully && second.IsCompletedSuccessfully, TimeSpan.FromSeconds(5)));
        Assert.Equal(2, sim.System.DeadLetters.Count);
    });

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Control_messages_overtake_others_and_find_room_in_a_full_mailbox(int? capacity) => Simulation.ForSeeds(10, sim =>
    {
        var (actor, script, gate) = Busy(sim, new MailboxOptions { Capacity = capacity, ControlLane = true });
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        actor.Tell(new Control("x"));
        actor.Tell(new Control("y"));
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["a got x", "a got y", "a got 1", "a got 2", "a got 3"], script.Log.Skip(1));
    });

    [Theory]
    [InlineData(OverflowPolicy.DropNewest, 1, 2)]
    [InlineData(OverflowPolicy.DropOldest, 3, 4)]
    [InlineData(OverflowPolicy.Backpressure, 1, 2)]
    public void What_the_kernel_promises_to_deliver_takes_no_room_and_is_not_dropped_for_others(OverflowPolicy policy, int first, int last) => Simulation.ForSeeds(10, sim =>
    {
        var watched = new Script("b").Spawn(sim);
        var task = new TaskCompletionSource<string>();
        var (actor, script, gate) = Busy(sim, MailboxOptions.Bounded(2, policy), self =>
        {
            self.Surroundings.Watch(watched);
            self.Surroundings.Timers.StartSingle("key", "timer", TimeSpan.FromMilliseconds(1));
            self.Surroundings.ReenterAfter(task.Task, done =>
            {
                self.Note(done.Result);
                return default;
            });
        });
        var second = new TaskCompletionSource();
        actor.DoAsync(async _ => await second.Task);
        watched.Tell(PoisonPill.Instance);
        sim.Advance(TimeSpan.FromSeconds(1));
        task.SetResult("went on");
        gate.SetResult();
        sim.RunUntilIdle();
        for (var i = 1; i <= 4; i++)
        {
            actor.Tell(i);
        }

        Assert.Equal(5, sim.System.Tree().Children.Single(node => node.Path == "/user/a").MailboxDepth);
        second.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["a got timer", "a went on", "a saw the end of b", $"a got {first}", $"a got {last}"], script.Log.Skip(1));
        Assert.Equal(2, sim.System.DeadLetters.Count);
    });

    [Theory]
    [InlineData(OverflowPolicy.DropNewest)]
    [InlineData(OverflowPolicy.DropOldest)]
    [InlineData(OverflowPolicy.Fail)]
    [InlineData(OverflowPolicy.Backpressure)]
    public void A_full_mailbox_takes_a_poison_pill_and_keeps_it_in_its_place(OverflowPolicy policy) => Simulation.ForSeeds(5, sim =>
    {
        var (actor, script, gate) = Busy(sim, MailboxOptions.Bounded(1, policy));
        actor.Tell(1);
        using (Causality.Begin("with a cause"))
        {
            actor.Tell(PoisonPill.Instance);
        }

        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["a got 1", "a PostStop"], script.Log.TakeLast(2));
        Assert.Equal(0, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void A_throughput_of_one_lets_others_in_between() => Simulation.ForSeeds(1, sim =>
    {
        var steps = sim.Steps;
        var actor = sim.System.ActorOf(new Script("a").Props.WithMailbox(new MailboxOptions { Throughput = 1 }));
        for (var i = 0; i < 100; i++)
        {
            actor.Tell(i);
        }

        sim.RunUntilIdle();
        Assert.True(sim.Steps - steps >= 100);
    });

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MailboxOptions.Bounded(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailboxOptions { Throughput = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Script("a").Props with { StashCapacity = 0 });
    }

    /// <summary>An actor that has its first message in hand until the gate opens.</summary>
    private static (ActorRef Actor, Script Script, TaskCompletionSource Gate) Busy(Simulation sim, MailboxOptions mailbox, Action<ScriptedActor>? before = null)
    {
        var script = new Script("a");
        var actor = sim.System.ActorOf(script.Props.WithMailbox(mailbox), "a");
        var gate = new TaskCompletionSource();
        actor.DoAsync(async self =>
        {
            before?.Invoke(self);
            await gate.Task;
        });
        sim.RunUntilIdle();
        return (actor, script, gate);
    }

    private sealed record Control(string Text) : IControlMessage
    {
        public override string ToString() => Text;
    }
}
