using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Tests.Asking;

public class AskExtensionsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_first_reply_completes_it_and_leaves_no_timer() => Simulation.ForSeeds(10, sim =>
    {
        var echo = Echo(sim);
        Assert.Equal("x", sim.Run(() => echo.Ask<string>("x", Second, sim.Time)));
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void A_silent_actor_times_out_and_a_late_reply_goes_nowhere() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { Receive = (self, _) => Actors.ActorTests.Run(() => self.Surroundings.Timers.StartSingle("late", new Action<ScriptedActor>(_ => { }), 2 * Second)) };
        var asking = script.Spawn(sim).Ask<string>("x", Second, sim.Time);
        sim.Advance(Second);
        Assert.IsType<AskTimeoutException>(asking.Exception!.InnerException);
        sim.Advance(5 * Second);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void A_cancelled_ask_ends_at_once_and_leaves_no_timer() => Simulation.ForSeeds(10, sim =>
    {
        using var cancellation = new CancellationTokenSource();
        var asking = new Script("a") { Receive = (_, _) => default }.Spawn(sim).Ask<string>("x", Second, sim.Time, cancellation.Token);
        sim.RunUntilIdle();
        cancellation.Cancel();
        Assert.True(asking.IsCanceled);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void A_reply_of_another_type_says_which() => Simulation.ForSeeds(1, sim =>
    {
        var failure = Assert.Throws<InvalidCastException>(() => sim.Run(() => Echo(sim).Ask<int>("x", Second, sim.Time)));
        Assert.Contains("expected Int32", failure.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void What_reaches_nobody_fails_at_once_and_says_why() => Simulation.ForSeeds(10, sim =>
    {
        var gone = new Script("gone").Spawn(sim);
        gone.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal("stopped", Assert.Throws<UndeliveredException>(() => sim.Run(() => gone.Ask<string>("x", Second, sim.Time))).Reason);
        var full = sim.System.ActorOf(new Script("full").Props.WithMailbox(MailboxOptions.Bounded(1)));
        full.Tell(1);
        Assert.Equal("mailbox full", Assert.Throws<UndeliveredException>(() => sim.Run(() => full.Ask<string>("x", Second, sim.Time))).Reason);
    });

    [Fact]
    public void An_ask_that_was_abandoned_keeps_nothing_alive() => Simulation.ForSeeds(1, sim =>
    {
        var silent = new Script("a") { Receive = (_, _) => default }.Spawn(sim);
        var weak = Ask(sim, silent);
        sim.Advance(Second);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(weak.IsAlive);

        static WeakReference Ask(Simulation sim, ActorRef actor)
        {
            var message = new object();
            var asking = actor.Ask<string>(message, Second, sim.Time);
            sim.RunUntilIdle();
            Assert.False(asking.IsCompleted);
            return new WeakReference(message);
        }
    });

    [Fact]
    public void A_graceful_stop_completes_when_the_actor_and_all_below_it_have_ended() => Simulation.ForSeeds(20, sim =>
    {
        var child = new Script("child");
        var parent = new Script("parent") { Log = child.Log, PreStart = self => Actors.ActorTests.Run(() => self.Surroundings.ActorOf(child.Props)) }.Spawn(sim);
        sim.RunUntilIdle();
        sim.Run(() => parent.GracefulStop(Second, sim.Time));
        Assert.Equal(["child PostStop", "parent PostStop"], child.Log.TakeLast(2));
        sim.Run(() => parent.GracefulStop(Second, sim.Time));
    });

    [Fact]
    public void A_task_is_piped_as_its_result_or_as_its_failure() => Simulation.ForSeeds(5, sim =>
    {
        var probe = sim.Probe();
        Task.FromResult("done").PipeTo(probe.Ref);
        Task.FromException<string>(new InvalidOperationException("broken")).PipeTo(probe.Ref);
        sim.RunUntilIdle();
        var told = probe.Take();
        Assert.Contains("done", told);
        Assert.Equal("broken", told.OfType<Failure>().Single().Reason.Message);
    });

    private static ActorRef Echo(Simulation sim) => new Script("echo") { Receive = (self, message) => Actors.ActorTests.Run(() => self.Surroundings.Sender.Tell(message)) }.Spawn(sim);
}
