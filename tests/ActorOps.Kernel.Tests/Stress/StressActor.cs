using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Stress;

/// <summary>Does something at random with each token, and looks after the invariants meanwhile.</summary>
internal sealed class StressActor : Actor
{
    private readonly StressWorld _world;
    private readonly Persona _persona;
    private bool _ended;

    public StressActor(StressWorld world, Persona persona)
    {
        (_world, _persona) = (world, persona);
        world.Track(this);
    }

    protected override SupervisorStrategy SupervisorStrategy => StrategyOf(_persona.Id);

    private Random Dice => _persona.Random;

    private static SupervisorStrategy StrategyOf(int id) => (id % 6) switch
    {
        0 => new OneForOneStrategy(_ => Directive.Resume, 1000, TimeSpan.FromHours(1)),
        1 => new AllForOneStrategy(_ => Directive.Restart, 1000, TimeSpan.FromHours(1)),
        2 => SupervisorStrategy.Stopping,
        3 => new OneForOneStrategy(_ => Directive.Escalate, 1000, TimeSpan.FromHours(1)),
        4 => new OneForOneStrategy(_ => Directive.Restart, 1000, TimeSpan.FromHours(1), new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(4), 0)),
        _ => new OneForOneStrategy(_ => Directive.Restart, 3, TimeSpan.FromHours(1)),
    };

    protected override ValueTask PreStart()
    {
        _persona.Instances++;
        return default;
    }

    protected override ValueTask PreRestart(Exception reason, object? message)
    {
        if (Dice.Next(3) > 0)
        {
            End();
            return default;
        }

        return base.PreRestart(reason, message);
    }

    protected override ValueTask PostStop()
    {
        End();
        return default;
    }

    protected override async ValueTask Receive(object message)
    {
        _persona.Enter(_world);
        try
        {
            _world.Check(!_ended, $"{_persona.Id} was given a message after its end");
            _world.CountOperation(_persona.Id);
            if (_world.IsOver)
            {
                Context.Timers.CancelAll();
            }

            switch (message)
            {
                case Note note:
                    OnNote(note);
                    break;
                case Terminated terminated:
                    _world.OnWatchedEnd();
                    _world.Check(_persona.EndWatching(terminated.Actor), $"{_persona.Id} was told twice, or unasked, of an end");
                    break;
                case Token token:
                    await OnToken(token);
                    break;
            }
        }
        finally
        {
            _persona.Leave();
        }
    }

    private void End()
    {
        _world.Check(!_ended, $"an instance of {_persona.Id} ended twice");
        _ended = true;
        _persona.EndedInstances++;
    }

    private void OnNote(Note note)
    {
        if (!note.Received)
        {
            note.Received = true;
            _world.OnReceived();
            _world.Check(note.Receiver == _persona, "a note reached somebody else");
            _world.Check(_persona.Seen.GetValueOrDefault(note.Sender) < note.Number, $"a note of {note.Sender.Id} to {_persona.Id} came out of order");
            _persona.Seen[note.Sender] = note.Number;
        }

        if (Dice.Next(50) == 0)
        {
            Context.Stash();
        }
    }

    /// <summary>Passes the token on first: what follows may fail.</summary>
    private ValueTask OnToken(Token token)
    {
        if (_world.IsOver)
        {
            return default;
        }

        _world.Pick(Dice).Ref.Tell(token);
        switch (Dice.Next(100))
        {
            case < 40:
                _world.Send(_persona, _world.Pick(Dice));
                return default;
            case < 56:
                return Spawn();
            case < 58:
                return StopSomebody();
            case < 59:
                throw new InvalidOperationException("at random");
            case < 60:
                return FailLater();
            case < 74:
                return WatchOrUnwatch();
            case < 80:
                return SetTimer();
            case < 84:
                Context.UnstashAll();
                return default;
            case < 88:
                Context.ReenterAfter(Yielded(), _ => Reentered());
                return default;
            case < 91:
                Context.StartTask(static cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation));
                return default;
            default:
                return Yield();
        }
    }

    private ValueTask Spawn()
    {
        if (Context.Children.Count < 6 && _persona.Ref.Path.ToString().Length < 60)
        {
            _world.Spawn(props => Context.ActorOf(props, Dice.Next(2) == 0 ? null : $"n{Dice.Next(1_000_000_000)}"));
        }

        return default;
    }

    private ValueTask StopSomebody()
    {
        var children = Context.Children;
        if (children.Count > 0 && Dice.Next(2) == 0)
        {
            Context.Stop(children[Dice.Next(children.Count)]);
        }
        else if (_world.Pick(Dice) is { Id: > 8 } other)
        {
            if (Dice.Next(2) == 0)
            {
                Context.Stop(other.Ref);
            }
            else
            {
                other.Ref.Tell(PoisonPill.Instance);
            }
        }

        return default;
    }

    private ValueTask WatchOrUnwatch()
    {
        if (_persona.Watching is [var first, ..] && Dice.Next(3) == 0)
        {
            _persona.EndWatching(first);
            Context.Unwatch(first);
        }
        else
        {
            var target = _world.Pick(Dice).Ref;
            _persona.StartWatching(target);
            Context.Watch(target);
        }

        return default;
    }

    private ValueTask SetTimer()
    {
        var key = Dice.Next(3);
        switch (Dice.Next(3))
        {
            case 0:
                Context.Timers.Cancel(key);
                break;
            case 1:
                Context.Timers.StartSingle(key, "single", TimeSpan.FromMilliseconds(Dice.Next(1, 5)));
                break;
            default:
                Context.Timers.StartPeriodic(key, "periodic", TimeSpan.FromMilliseconds(Dice.Next(20, 50)));
                break;
        }

        return default;
    }

    private ValueTask Reentered()
    {
        _persona.Enter(_world);
        _persona.Leave();
        _world.Send(_persona, _world.Pick(Dice));
        return default;
    }

    private static async ValueTask FailLater()
    {
        await Task.Yield();
        throw new InvalidOperationException("at random, later");
    }

    private static async ValueTask Yield() => await Task.Yield();

    private static async Task<int> Yielded()
    {
        await Task.Yield();
        return 1;
    }
}
