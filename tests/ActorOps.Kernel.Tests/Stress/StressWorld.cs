using System.Collections.Concurrent;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Tests.Stress;

/// <summary>A random tree under load: who lives, what was told and what became of it, and every violation that was seen.</summary>
internal sealed class StressWorld
{
    private const int Population = 300;
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentDictionary<ActorRef, Persona> _personas = new();
    private readonly ConcurrentQueue<WeakReference> _instances = new();
    private readonly Persona?[] _slots = new Persona?[Population];
    private readonly int _seed;
    private int _ids;
    private long _operations;
    private long _told;
    private long _received;
    private long _dead;
    private long _ends;
    private long _trace;

    public StressWorld(ActorSystem system, int seed, long operations)
    {
        (System, _seed, Budget) = (system, seed, operations);
        Undertaker = system.ActorOf(Props.Create(() => new UndertakerActor(this)), "undertaker");
        system.EventStream.Subscribe<DeadLetter>(Undertaker);
        for (var root = 0; root < 8; root++)
        {
            Spawn(props => system.ActorOf(props, $"root{root}"));
        }
    }

    public ActorSystem System { get; }

    public ActorRef Undertaker { get; }

    public long Budget { get; }

    public long Operations => Interlocked.Read(ref _operations);

    public bool IsOver => Operations >= Budget;

    /// <summary>A number that depends on everything that was handled and in which order: equal for equal runs.</summary>
    public long Trace => _trace;

    public string Summary => $"{Operations} operations, {_ids} actors, {_personas.Values.Sum(persona => persona.Instances)} instances, {_personas.Values.Count(persona => persona.Ended)} ends, {_told} notes told, {_dead} of them dead, {_ends} ends watched";

    public IReadOnlyCollection<string> Violations => _violations;

    public void Check(bool holds, string what)
    {
        if (!holds && _violations.Count < 20)
        {
            _violations.Enqueue($"{what} (seed {_seed})");
        }
    }

    public void Start(int tokens)
    {
        for (var i = 0; i < tokens; i++)
        {
            Inject();
        }
    }

    /// <summary>Gives a token to a root. Roots are restarted and never stopped.</summary>
    public void Inject() => _slots[(int)(Interlocked.Read(ref _operations) % 8)]!.Ref.Tell(new Token());

    public void CountOperation(int id)
    {
        Interlocked.Increment(ref _operations);
        _trace = unchecked((_trace * 31) + id);
    }

    /// <summary>Somebody, mostly somebody who lives.</summary>
    public Persona Pick(Random random)
    {
        for (var tries = 0; tries < 4; tries++)
        {
            if (_slots[random.Next(Population)] is { Ended: false } persona)
            {
                return persona;
            }
        }

        return _slots[random.Next(Population)] ?? _slots[random.Next(8)]!;
    }

    public Persona Of(ActorRef actor) => _personas[actor];

    /// <summary>Makes an actor with a random mailbox and puts it where one of the population stood.</summary>
    public void Spawn(Func<Props, ActorRef> spawn)
    {
        var persona = new Persona(Interlocked.Increment(ref _ids), _seed);
        var props = Props.Create(() => new StressActor(this, persona)) with
        {
            StashCapacity = 10,
            Mailbox = (persona.Id % 10) switch
            {
                1 => MailboxOptions.Bounded(50),
                2 => MailboxOptions.Bounded(4, OverflowPolicy.DropOldest),
                3 => new MailboxOptions { ControlLane = true, Throughput = 1 },
                _ => MailboxOptions.Unbounded,
            },
        };
        persona.Ref = spawn(props);
        _personas[persona.Ref] = persona;
        _slots[persona.Id <= 8 ? persona.Id - 1 : 8 + (persona.Id % (Population - 8))] = persona;
        Undertaker.Tell(new Born(persona));
    }

    public void Track(object instance) => _instances.Enqueue(new WeakReference(instance));

    public void Send(Persona from, Persona to)
    {
        var number = from.Sent[to] = from.Sent.GetValueOrDefault(to) + 1;
        Interlocked.Increment(ref _told);
        to.Ref.Tell(new Note(from, to, number), from.Ref);
    }

    public void OnWatchedEnd() => Interlocked.Increment(ref _ends);

    public void OnReceived() => Interlocked.Increment(ref _received);

    /// <summary>What is still on its way; at rest, what got lost: a note neither received nor a dead letter, an end that a watcher was not told of.</summary>
    public IReadOnlyList<string> Missing()
    {
        var unheard = from pair in _personas
                      where !pair.Value.Ended
                      from target in pair.Value.Watching
                      where _personas[target].Ended
                      select $"{pair.Key.Path.Name} was not told of the end of {target.Path.Name}";
        return _told == _received + _dead ? [.. unheard] : [$"told {_told}, received {_received}, dead {_dead}", .. unheard];
    }

    public void CheckAtRest()
    {
        foreach (var missing in Missing())
        {
            Check(false, missing);
        }
    }

    /// <summary>After the stop: every instance that began has ended once, and none is kept alive.</summary>
    public void CheckAfterStop()
    {
        foreach (var persona in _personas.Values)
        {
            Check(persona.Instances == persona.EndedInstances, $"{persona.Id} began {persona.Instances} times and ended {persona.EndedInstances} times");
        }
    }

    public int CountAlive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return _instances.Count(instance => instance.IsAlive);
    }

    /// <summary>Forgets everybody, so that only a leak keeps an instance alive.</summary>
    public void Forget()
    {
        _personas.Clear();
        Array.Clear(_slots);
    }

    private sealed record Born(Persona Persona);

    /// <summary>Watches everybody, counts the dead letters, and brings lost tokens back.</summary>
    private sealed class UndertakerActor(StressWorld world) : Actor
    {
        protected override ValueTask Receive(object message)
        {
            switch (message)
            {
                case Born born:
                    Context.Watch(born.Persona.Ref);
                    break;
                case Terminated terminated:
                    var persona = world.Of(terminated.Actor);
                    world.Check(!persona.Ended, $"two ends of {persona.Id}");
                    persona.Ended = true;
                    persona.WatchNobody();
                    break;
                case DeadLetter { Message: Note { Received: false } }:
                    Interlocked.Increment(ref world._dead);
                    break;
                case DeadLetter { Message: Token } when !world.IsOver:
                    world.Inject();
                    break;
            }

            return default;
        }
    }
}
