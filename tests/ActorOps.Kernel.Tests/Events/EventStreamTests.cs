using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Events;

public class EventStreamTests
{
    [Fact]
    public void Subscribers_hear_what_fits_their_type_once_in_order_until_they_leave() => Simulation.ForSeeds(5, sim =>
    {
        var texts = sim.Probe();
        var all = sim.Probe();
        sim.System.EventStream.Subscribe<string>(texts.Ref);
        sim.System.EventStream.Subscribe<string>(texts.Ref);
        sim.System.EventStream.Subscribe<object>(all.Ref);
        foreach (var message in new object[] { "a", 1, "b" })
        {
            sim.System.EventStream.Publish(message);
        }

        sim.RunUntilIdle();
        Assert.Equal(["a", "b"], texts.Take());
        Assert.Equal(["a", 1, "b"], all.Take());
        sim.System.EventStream.Unsubscribe(texts.Ref);
        sim.System.EventStream.Publish("c");
        sim.RunUntilIdle();
        Assert.Empty(texts.Take());
    });

    [Fact]
    public void A_subscriber_that_refuses_costs_neither_the_publisher_nor_the_others() => Simulation.ForSeeds(5, sim =>
    {
        var full = sim.System.ActorOf(new Script("full").Props.WithMailbox(Kernel.Mailboxes.MailboxOptions.Bounded(1, Kernel.Mailboxes.OverflowPolicy.Fail)));
        var other = sim.Probe();
        sim.System.EventStream.Subscribe<object>(full);
        sim.System.EventStream.Subscribe<object>(other.Ref);
        sim.System.EventStream.Publish("a");
        sim.System.EventStream.Publish("b");
        sim.RunUntilIdle();
        Assert.Equal(["a", "b"], other.Take().OfType<string>());
        Assert.Equal(1, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void A_stopped_subscriber_is_forgotten_also_when_it_subscribes_after_its_end() => Simulation.ForSeeds(5, sim =>
    {
        var actor = new Script("a").Spawn(sim);
        sim.System.EventStream.Subscribe<string>(actor);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        sim.System.EventStream.Subscribe<string>(actor);
        sim.System.EventStream.Publish("x");
        sim.RunUntilIdle();
        Assert.Equal(0, sim.System.DeadLetters.Count);
    });
}
