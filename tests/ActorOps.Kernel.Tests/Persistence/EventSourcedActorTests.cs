using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public class EventSourcedActorTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_new_instance_recovers_what_was_acknowledged_before_its_first_message() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        Assert.Equal(5, world.Add(5));
        Assert.Equal(7, world.Add(2));
        world.Counter.Tell("defer and fail");
        Assert.Equal(8, world.Add(1));
        Assert.Equal("recovered 7 at 2", world.Log[^3]);
    });

    [Fact]
    public void Commands_wait_while_one_persists_and_see_its_events() => Simulation.ForSeeds(20, sim =>
    {
        var world = new World(sim);
        world.Journal.HangAppends();
        world.Counter.Tell(1);
        world.Counter.Tell(2);
        sim.RunUntilIdle();
        Assert.Equal(["recovered 0 at 0", "decides 1 on 0"], world.Log);
        world.Journal.Release();
        sim.RunUntilIdle();
        Assert.Equal(["recovered 0 at 0", "decides 1 on 0", "deferred 1", "decides 2 on 1", "deferred 2"], world.Log);
    });

    [Fact]
    public void Deferred_effects_run_in_order_after_the_append_or_at_the_end_and_never_after_a_failure() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        world.Counter.Tell("defer only");
        world.Counter.Tell("defer and fail");
        world.Journal.FailAppends();
        world.Counter.Tell(1);
        world.Counter.Tell(2);
        sim.Advance(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("must not run", world.Log);
        Assert.DoesNotContain("deferred 1", world.Log);
        Assert.Equal(["handled", "deferred without events"], world.Log.Skip(1).Take(2));
        Assert.Contains("deferred 2", world.Log);
    });

    [Fact]
    public void A_failed_commands_effects_are_dropped_also_when_the_actor_is_resumed() => Simulation.ForSeeds(
        5,
        sim =>
        {
            var world = new World(sim);
            world.Counter.Tell("defer and fail");
            world.Counter.Tell("defer only");
            sim.RunUntilIdle();
            Assert.Equal(["recovered 0 at 0", "handled", "deferred without events"], world.Log);
        },
        new ActorSystemOptions { GuardianStrategy = new Kernel.Supervision.OneForOneStrategy(_ => Kernel.Supervision.Directive.Resume, 3, TimeSpan.FromMinutes(1)) });

    [Fact]
    public void A_batch_is_stored_and_applied_as_one() => Simulation.ForSeeds(5, sim =>
    {
        var world = new World(sim);
        Assert.Equal(6, sim.Run(() => world.Counter.Ask<long>(new[] { 1, 2, 3 }, Hour, sim.Time)));
        Assert.Equal([0, 1, 2], world.Inner.Records.Select(record => record.Ordinal));
        Assert.Single(world.Inner.Records.Select(record => record.CommandId).Distinct());
    });

    [Fact]
    public void A_failed_append_restarts_the_actor_which_recovers_and_goes_on() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        world.Add(1);
        world.Journal.FailAppends();
        world.Counter.Tell(10);
        Assert.Equal(3, world.Add(2));
        Assert.Equal(1, sim.System.Tree().Children[0].Restarts);
    });

    [Fact]
    public void A_journal_that_never_answers_is_a_supervised_failure_after_the_timeout_and_commands_wait_for_it() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        world.Add(1);
        world.Journal.LoseReplies();
        var lost = world.Counter.Ask<long>(10, Hour, sim.Time);
        var next = world.Counter.Ask<long>(100, Hour, sim.Time);
        sim.Advance(TimeSpan.FromSeconds(4));
        Assert.False(next.IsCompleted);
        sim.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<JournalUnavailableException>(Assert.Single(sim.Logs.WithId(1000)).Exception);
        // The lost reply's event was stored after all: recovery finds it, the asker was told nothing.
        Assert.Equal(111, next.Result);
        Assert.False(lost.IsCompleted);
    });

    [Fact]
    public void An_append_that_lands_after_its_timeout_is_found_as_a_conflict_and_not_written_over() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        world.Add(1);
        world.Journal.HangAppends();
        world.Counter.Tell(10);
        sim.Advance(TimeSpan.FromSeconds(6));
        world.Journal.Release();
        sim.RunUntilIdle();
        world.Counter.Tell(100);
        sim.RunUntilIdle();
        Assert.IsType<SequenceConflictException>(sim.Logs.WithId(1000)[^1].Exception);
        Assert.Equal(1011, world.Add(1000));
    });

    [Fact]
    public void A_fenced_writer_changes_nothing() => Simulation.ForSeeds(10, sim =>
    {
        var world = new World(sim);
        world.Add(1);
        world.Inner.Epoch = 2;
        world.Counter.Tell(10);
        sim.RunUntilIdle();
        var fenced = Assert.IsType<FencedException>(sim.Logs.WithId(1000)[0].Exception);
        Assert.Equal((1, 2), (fenced.Held, fenced.Current));
        Assert.Single(world.Inner.Records);
    });

    [Fact]
    public void An_unknown_event_stops_the_entity_loudly() => Simulation.ForSeeds(1, sim =>
    {
        var world = new World(sim, start: false);
        sim.Run(() => world.Inner.AppendAsync(new AppendRequest("counter", 0, null, Guid.CreateVersion7(), [new JournalEntry("counter.multiplied.v9", "{}")])).AsTask());
        world.Start();
        sim.RunUntilIdle();
        Assert.Empty(sim.System.Tree().Children);
        Assert.IsType<UnknownEventException>(sim.Logs.WithId(1000)[0].Exception);
    });

    [Fact]
    public void The_causality_id_in_force_is_the_events_trace() => Simulation.ForSeeds(5, sim =>
    {
        var world = new World(sim);
        using (Causality.Begin("trace-7"))
        {
            world.Counter.Tell(1);
        }

        sim.RunUntilIdle();
        Assert.Equal("trace-7", Assert.Single(world.Inner.Records).TraceId);
    });

    [Fact]
    public void A_snapshot_that_cannot_be_stored_is_logged_and_the_command_is_not_held_up() => Simulation.ForSeeds(5, sim =>
    {
        var world = new World(sim, snapshotEvery: 1);
        world.Snapshots.SaveFailure = new IOException("disk full");
        Assert.Equal(1, world.Add(1));
        Assert.Equal("disk full", Assert.Single(sim.Logs.WithId(1008)).Exception!.Message);
        world.Snapshots.SaveFailure = null;
        Assert.Equal(2, world.Add(1));
        Assert.Equal(2, Assert.Single(world.Snapshots.Of("counter")).SequenceNumber);
    });

    /// <summary>A counter with its journal and snapshots.</summary>
    internal sealed class World
    {
        private readonly Simulation _sim;
        private readonly int _snapshotEvery;

        public World(Simulation sim, bool start = true, int snapshotEvery = 500)
        {
            (_sim, _snapshotEvery) = (sim, snapshotEvery);
            Inner = new InMemoryJournal(sim.Time);
            Journal = new FaultyJournal(Inner);
            if (start)
            {
                Start();
            }
        }

        public InMemoryJournal Inner { get; }

        public FaultyJournal Journal { get; }

        public InMemorySnapshotStore Snapshots { get; } = new();

        public List<string> Log { get; } = [];

        public ActorRef Counter { get; private set; } = ActorRef.NoSender;

        public void Start()
        {
            var options = new EventSourcedOptions { Journal = Journal, Snapshots = Snapshots, Token = new FencingToken("counter", 1), SnapshotEvery = _snapshotEvery };
            Counter = _sim.System.ActorOf(Props.Create(() => new CounterActor(options, Log)));
        }

        public long Add(int amount) => _sim.Run(() => Counter.Ask<long>(amount, Hour, _sim.Time));

        public void Stop() => _sim.Run(() => Counter.GracefulStop(Hour, _sim.Time));
    }
}
