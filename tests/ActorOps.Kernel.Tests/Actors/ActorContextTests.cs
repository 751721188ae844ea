using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Actors;

public class ActorContextTests
{
    [Fact]
    public void Stopping_a_subtree_is_bottom_up_and_complete() => Simulation.ForSeeds(50, sim =>
    {
        var log = new List<string>();
        var probe = sim.Probe();
        var leaf = (string name) => new Script(name) { Log = log };
        var middle = (string name) => new Script(name)
        {
            Log = log,
            PreStart = self => ActorTests.Run(() =>
            {
                self.Surroundings.ActorOf(leaf(name + "1").Props, name + "1");
                self.Surroundings.ActorOf(leaf(name + "2").Props, name + "2");
            }),
        };
        var root = new Script("r")
        {
            Log = log,
            PreStart = self => ActorTests.Run(() =>
            {
                self.Surroundings.ActorOf(middle("a").Props, "a");
                self.Surroundings.ActorOf(middle("b").Props, "b");
            }),
        }.Spawn(sim);
        probe.Watch(root);
        sim.RunUntilIdle();
        log.Clear();
        root.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal([new Terminated(root)], probe.Take());
        Assert.Equal(7, log.Count);
        foreach (var parent in new[] { "a", "b" })
        {
            Assert.True(log.IndexOf($"{parent}1 PostStop") < log.IndexOf($"{parent} PostStop"));
            Assert.True(log.IndexOf($"{parent}2 PostStop") < log.IndexOf($"{parent} PostStop"));
        }

        Assert.Equal("r PostStop", log[^1]);
    });

    [Fact]
    public void A_name_is_taken_until_its_actor_has_ended_and_free_once_a_watcher_hears_of_the_end() => Simulation.ForSeeds(30, sim =>
    {
        var log = new List<string>();
        var parent = new Script("parent")
        {
            Log = log,
            Receive = (self, message) => ActorTests.Run(() =>
            {
                if (message is Terminated)
                {
                    self.Surroundings.ActorOf(new Script("x") { Log = log }.Props, "x");
                    self.Note("reused the name");
                }
            }),
        }.Spawn(sim);
        parent.Do(self =>
        {
            var child = self.Surroundings.ActorOf(new Script("x") { Log = log }.Props, "x");
            self.Surroundings.Watch(child);
            self.Surroundings.Stop(child);
            Assert.Throws<InvalidOperationException>(() => self.Surroundings.ActorOf(new Script("x").Props, "x"));
        });
        sim.RunUntilIdle();
        Assert.Contains("parent reused the name", log);
    });

    [Fact]
    public async Task A_name_is_free_when_its_end_is_heard_of_on_threads_too()
    {
        var system = new ActorSystem(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var probe = new TestProbe(system);
        for (var round = 0; round < 3000; round++)
        {
            var actor = system.ActorOf(new Script("same").Props, "same");
            probe.Watch(actor);
            actor.Tell(PoisonPill.Instance);
            await probe.ExpectTerminated(actor);
        }

        await system.StopAsync();
    }

    [Fact]
    public void A_child_that_is_born_under_a_failed_ancestor_waits_with_the_others() => Simulation.ForSeeds(20, sim =>
    {
        var busy = new TaskCompletionSource();
        var low = new Script("low") { PreStart = self => ActorTests.Run(() => self.Surroundings.ActorOf(new Script("leaf") { Receive = (leaf, message) => ActorTests.Run(() => self.Note($"leaf got {message}")) }.Props, "leaf").Tell(self.Number)) };
        var middle = new Script("middle") { PreStart = self => ActorTests.Run(() => self.Surroundings.ActorOf(low.Props, "low")), PreRestart = _ => default };
        var top = new Script("top") { Strategy = new Kernel.Supervision.OneForOneStrategy(_ => Kernel.Supervision.Directive.Resume, 3, TimeSpan.FromMinutes(1)), PreStart = self => ActorTests.Run(() => self.Surroundings.ActorOf(middle.Props, "middle")) }.Spawn(sim);
        sim.RunUntilIdle();
        ActorRef? middleRef = null;
        ActorRef? lowRef = null;
        top.Do(self => middleRef = self.Surroundings.Child("middle"));
        sim.RunUntilIdle();
        middleRef!.Do(self => lowRef = self.Surroundings.Child("low"));
        top.DoAsync(async _ => await busy.Task);
        sim.RunUntilIdle();
        var failing = new TaskCompletionSource();
        lowRef!.DoAsync(async _ => await failing.Task);
        sim.RunUntilIdle();
        middleRef!.Tell("fail");
        sim.RunUntilIdle();
        failing.SetException(new InvalidOperationException("while its parent has failed"));
        sim.RunUntilIdle();
        Assert.Equal(2, low.Instances);
        Assert.DoesNotContain("low leaf got 2", low.Log);
        busy.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(2, low.Instances);
        Assert.Contains("low leaf got 2", low.Log);
    });

    [Fact]
    public void A_name_that_is_none_is_refused() => Simulation.ForSeeds(1, sim =>
    {
        Assert.Throws<ArgumentException>(() => sim.System.ActorOf(new Script("x").Props, "a/b"));
        Assert.Throws<ArgumentException>(() => sim.System.ActorOf(new Script("x").Props, string.Empty));
        Assert.Throws<ArgumentException>(() => sim.System.ActorOf(new Script("x").Props, new string('x', 256)));
    });

    [Fact]
    public void An_actor_that_stops_takes_no_new_child() => Simulation.ForSeeds(1, sim =>
    {
        var refused = false;
        var actor = new Script("a")
        {
            PostStop = self => ActorTests.Run(() => refused = Assert.Throws<InvalidOperationException>(() => self.Surroundings.ActorOf(new Script("late").Props)).Message.Contains("stopping", StringComparison.Ordinal)),
        }.Spawn(sim);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.True(refused);
        sim.System.StopAsync();
        sim.RunUntilIdle();
        Assert.Throws<InvalidOperationException>(() => sim.System.ActorOf(new Script("late").Props));
    });

    [Fact]
    public void Stashed_messages_come_back_in_order_ahead_of_the_rest() => Simulation.ForSeeds(10, sim =>
    {
        var open = false;
        var script = new Script("a")
        {
            Receive = (self, message) => ActorTests.Run(() =>
            {
                if (message is "open")
                {
                    open = true;
                    self.Surroundings.UnstashAll();
                }
                else if (open)
                {
                    self.Note($"got {message}");
                }
                else
                {
                    self.Surroundings.Stash();
                }
            }),
        };
        var actor = script.Spawn(sim);
        foreach (var message in new object[] { 1, 2, "open", 3 })
        {
            actor.Tell(message);
        }

        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a got 1", "a got 2", "a got 3"], script.Log);
    });

    [Fact]
    public void Unstash_brings_back_one_at_a_time() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a")
        {
            Receive = (self, message) => ActorTests.Run(() =>
            {
                if (message is "one")
                {
                    self.Surroundings.Unstash();
                }
                else if (self.Count++ < 2)
                {
                    self.Surroundings.Stash();
                }
                else
                {
                    self.Note($"got {message}");
                }
            }),
        };
        var actor = script.Spawn(sim);
        foreach (var message in new object[] { 1, 2, "one" })
        {
            actor.Tell(message);
        }

        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a got 1"], script.Log);
        Assert.Equal(1, sim.System.Tree().Children[0].Stashed);
    });

    [Fact]
    public void A_full_stash_is_a_failure_and_a_restart_puts_what_is_stashed_back() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a")
        {
            Receive = (self, message) => ActorTests.Run(() =>
            {
                if (self.Number == 1)
                {
                    self.Surroundings.Stash();
                }
                else
                {
                    self.Note($"got {message}");
                }
            }),
        };
        var actor = sim.System.ActorOf(script.Props with { StashCapacity = 2 }, "a");
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        sim.RunUntilIdle();
        Assert.IsType<StashOverflowException>(Assert.Single(sim.Logs.WithId(1000)).Exception);
        Assert.Equal(["a got 1", "a got 2"], script.Log.Where(line => line.Contains("got", StringComparison.Ordinal)));
    });

    [Fact]
    public void What_is_stashed_at_the_stop_becomes_dead_letters() => Simulation.ForSeeds(10, sim =>
    {
        var actor = new Script("a") { Receive = (self, _) => ActorTests.Run(self.Surroundings.Stash) }.Spawn(sim);
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal(2, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void A_receive_timeout_comes_after_silence_again_and_again_and_each_message_puts_it_off() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { PreStart = self => ActorTests.Run(() => self.Surroundings.SetReceiveTimeout(TimeSpan.FromSeconds(10))), Receive = (self, message) => ActorTests.Run(() => self.Note(message.GetType().Name)) };
        var actor = script.Spawn(sim);
        sim.Advance(TimeSpan.FromSeconds(9));
        actor.Tell(1);
        sim.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(["a PreStart", "a Int32"], script.Log);
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a ReceiveTimeout", script.Log[^1]);
        sim.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(3, script.Log.Count(line => line == "a ReceiveTimeout"));
        actor.Do(self => self.Surroundings.SetReceiveTimeout(null));
        sim.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(3, script.Log.Count(line => line == "a ReceiveTimeout"));
    });

    [Fact]
    public void Reentering_lets_other_messages_through_and_comes_back_on_the_actors_turn_with_its_sender() => Simulation.ForSeeds(20, sim =>
    {
        var probe = sim.Probe();
        var slow = new TaskCompletionSource<string>();
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Tell(
            new Action<ScriptedActor>(self => self.Surroundings.ReenterAfter(slow.Task, task => ActorTests.Run(() =>
            {
                self.Note($"came back with {task.Result}");
                self.Surroundings.Sender.Tell("reply");
            }))),
            probe.Ref);
        actor.Tell("meanwhile");
        sim.RunUntilIdle();
        slow.SetResult("the answer");
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a got meanwhile", "a came back with the answer"], script.Log);
        Assert.Equal(["reply"], probe.Take());
    });

    [Fact]
    public void A_reentry_is_forgotten_by_a_restart_and_its_failure_is_the_actors() => Simulation.ForSeeds(20, sim =>
    {
        var slow = new TaskCompletionSource<int>();
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Do(self => self.Surroundings.ReenterAfter(slow.Task, _ => ActorTests.Run(() => self.Note("came back"))));
        actor.Tell("fail");
        sim.RunUntilIdle();
        slow.SetResult(1);
        sim.RunUntilIdle();
        Assert.DoesNotContain("a came back", script.Log);
        actor.Do(self => self.Surroundings.ReenterAfter(slow.Task, _ => throw new InvalidOperationException("late")));
        sim.RunUntilIdle();
        Assert.Equal(3, script.Instances);
    });

    [Fact]
    public void A_tasks_callback_that_throws_at_its_cancellation_keeps_nobody_from_ending() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a")
        {
            PreStart = self => ActorTests.Run(() => self.Surroundings.StartTask(async cancellation =>
            {
                using var registration = cancellation.Register(() => throw new InvalidOperationException("in a callback"));
                await Task.Delay(Timeout.InfiniteTimeSpan, sim.Time, cancellation);
            })),
        };
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a PreRestart fail", "a PostStop", "a PostRestart", "a PreStart", "a PostStop"], script.Log);
        Assert.Equal(2, sim.Logs.WithId(1001).Count);
        Assert.Empty(sim.System.Tree().Children);
    });

    [Fact]
    public void A_started_task_is_cancelled_and_awaited_by_stop_and_restart_and_its_failure_is_the_actors() => Simulation.ForSeeds(30, sim =>
    {
        var ends = new List<string>();
        var script = new Script("a")
        {
            PreStart = self => ActorTests.Run(() => self.Surroundings.StartTask(async cancellation =>
            {
                try
                {
                    await Task.Delay(TimeSpan.FromHours(1), sim.Time, cancellation);
                }
                finally
                {
                    await Task.Yield();
                    ends.Add($"task {self.Number}");
                }
            })),
            PostStop = self => ActorTests.Run(() => ends.Add($"actor {self.Number}")),
            PreRestart = _ => default,
        };
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        sim.RunUntilIdle();
        Assert.Equal(["task 1"], ends);
        actor.Do(self => self.Surroundings.StartTask(_ => Task.FromException(new InvalidOperationException("beside"))));
        sim.RunUntilIdle();
        Assert.Equal(["task 1", "task 2"], ends);
        Assert.Equal(3, script.Instances);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal(["task 1", "task 2", "task 3", "actor 3"], ends);
    });
}
