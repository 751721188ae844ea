using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Events;

namespace ActorOps.Kernel.Tests.Events;

public class DeadLettersTests
{
    [Fact]
    public void They_are_counted_published_and_logged_as_a_sample() => Simulation.ForSeeds(3, sim =>
    {
        var probe = sim.Probe();
        sim.System.EventStream.Subscribe<DeadLetter>(probe.Ref);
        var gone = Gone(sim);
        for (var i = 0; i < 2500; i++)
        {
            gone.Tell(i, probe.Ref);
        }

        sim.RunUntilIdle();
        Assert.Equal(2500, sim.System.DeadLetters.Count);
        Assert.Equal(12, sim.Logs.WithId(1003).Count);
        var letters = probe.Take().Cast<DeadLetter>().ToList();
        Assert.Equal(Enumerable.Range(0, 2500), letters.Select(letter => (int)letter.Message));
        Assert.Equal((probe.Ref, gone, "stopped"), (letters[0].Sender, letters[0].Recipient, letters[0].Reason));
    });

    [Fact]
    public void A_dead_letter_that_reaches_nobody_makes_no_further_ones() => Simulation.ForSeeds(10, sim =>
    {
        var listener = new Script("listener").Spawn(sim);
        sim.System.EventStream.Subscribe<DeadLetter>(listener);
        var gone = Gone(sim);
        gone.Tell(1);
        listener.Tell(PoisonPill.Instance);
        listener.Tell(new DeadLetter("x", ActorRef.NoSender, gone, "told by hand"));
        sim.RunUntilIdle();
        gone.Tell(2);
        sim.RunUntilIdle();
        Assert.Equal(2, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void What_no_case_handles_is_a_dead_letter_that_says_so() => Simulation.ForSeeds(1, sim =>
    {
        var probe = sim.Probe();
        sim.System.EventStream.Subscribe<DeadLetter>(probe.Ref);
        sim.Spawn(() => new Deaf()).Tell("x");
        sim.RunUntilIdle();
        Assert.Equal("unhandled", Assert.IsType<DeadLetter>(Assert.Single(probe.Take())).Reason);
    });

    private static ActorRef Gone(Simulation sim)
    {
        var gone = new Script("gone").Spawn(sim);
        gone.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        return gone;
    }

    private sealed class Deaf : Actor
    {
        protected override ValueTask Receive(object message)
        {
            Unhandled(message);
            return default;
        }
    }
}
