using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Tests.Actors;

public class ActorTests : KernelTest
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_and_one_at_a_time()
    {
        var inside = 0;
        var last = -1;
        var echo = Spawn(async (_, message) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            Assert.Equal(last + 1, (int)message);
            last = (int)message;
            Interlocked.Decrement(ref inside);
        });
        for (var i = 0; i < 10_000; i++)
        {
            echo.Tell(i);
        }

        echo.Tell(PoisonPill.Instance);
        Probe.Watch(echo);
        await Probe.Expect<Terminated>();
        Assert.Equal(9_999, last);
    }

    [Fact]
    public async Task An_actor_that_awaits_holds_no_thread_and_takes_no_other_message()
    {
        var gate = new TaskCompletionSource();
        var actor = Spawn(async (self, message) =>
        {
            if (message is "wait")
            {
                await gate.Task;
            }

            self.Probe.Tell(message);
        });
        actor.Tell("wait");
        actor.Tell("next");
        await Probe.ExpectNothing();
        gate.SetResult();
        await Probe.Expect("wait");
        await Probe.Expect("next");
    }

    [Fact]
    public async Task Ask_gives_the_reply_and_a_silent_actor_times_out()
    {
        var echo = Spawn((self, message) =>
        {
            if (message is not "silence")
            {
                self.Surroundings.Sender.Tell(message);
            }

            return default;
        });
        Assert.Equal("x", await echo.Ask<string>("x", TimeSpan.FromSeconds(1), Time));
        var silent = echo.Ask<string>("silence", TimeSpan.FromSeconds(1), Time);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent);
        await Assert.ThrowsAsync<InvalidCastException>(() => echo.Ask<int>("x", TimeSpan.FromSeconds(1), Time));
    }

    [Fact]
    public async Task Stopping_goes_bottom_up_and_tells_each_watcher_once()
    {
        var parent = System.ActorOf(Props.Create(() => new Scripted(Probe.Ref, (self, _) =>
        {
            self.Surroundings.ActorOf(Props.Create(() => new Scripted(self.Probe, (_, _) => default) { Reports = "child" }), "child");
            return default;
        })
        { Reports = "parent" }));
        parent.Tell("spawn");
        await Probe.Expect("parent started");
        await Probe.Expect("child started");
        Probe.Watch(parent);
        parent.Tell(PoisonPill.Instance);
        await Probe.Expect("child stopped");
        await Probe.Expect("parent stopped");
        Assert.Equal(parent, (await Probe.Expect<Terminated>()).Actor);
        Probe.Watch(parent);
        Assert.Equal(parent, (await Probe.Expect<Terminated>()).Actor);
        await Probe.ExpectNothing();
    }

    [Fact]
    public async Task A_name_is_free_again_once_its_actor_has_stopped()
    {
        var first = Spawn((_, _) => default, "n");
        Assert.Throws<InvalidOperationException>(() => Spawn((_, _) => default, "n"));
        Probe.Watch(first);
        first.Tell(PoisonPill.Instance);
        await Probe.Expect<Terminated>();
        // Terminated reaches watchers before the parent has let go of the name, so wait for the parent too.
        await Waiting.For(() => System.Tree().Children.All(child => child.Path != "/user/n"));
        Spawn((_, _) => default, "n");
    }

    [Fact]
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter()
    {
        System.EventStream.Subscribe<Events.DeadLetter>(Probe.Ref);
        var actor = Spawn((_, _) => default);
        actor.Tell(PoisonPill.Instance);
        actor.Tell("late");
        var letter = await Probe.Expect<Events.DeadLetter>();
        Assert.Equal(("late", "stopped"), (letter.Message, letter.Reason));
        Assert.Equal(1, System.DeadLetters.Count);
    }

    [Fact]
    public async Task A_full_bounded_mailbox_drops_the_newest_into_the_dead_letters()
    {
        System.EventStream.Subscribe<Events.DeadLetter>(Probe.Ref);
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Scripted(Probe.Ref, async (_, _) =>
        {
            entered.TrySetResult();
            await gate.Task;
        })).WithMailbox(MailboxOptions.Bounded(2)));
        actor.Tell(0);
        await entered.Task;
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        Assert.Equal((3, "mailbox full"), await DeadLetter());
        gate.SetResult();

        async Task<(object, string)> DeadLetter()
        {
            var letter = await Probe.Expect<Events.DeadLetter>();
            return (letter.Message, letter.Reason);
        }
    }
}
