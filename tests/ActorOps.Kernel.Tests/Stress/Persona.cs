using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Stress;

/// <summary>What is known of one actor across its restarts: its dice, and what the invariants need.</summary>
internal sealed class Persona(int id, int seed)
{
    private readonly HashSet<ActorRef> _watching = [];
    private int _inside;

    public int Id => id;

    public Random Random { get; } = new(HashCode.Combine(seed, id));

    public ActorRef Ref { get; set; } = ActorRef.NoSender;

    public Dictionary<Persona, long> Sent { get; } = [];

    public Dictionary<Persona, long> Seen { get; } = [];

    public bool Ended { get; set; }

    public int Instances { get; set; }

    public int EndedInstances { get; set; }

    /// <summary>Whose end it is to be told. The test may look while the actor is still at work.</summary>
    public IReadOnlyList<ActorRef> Watching
    {
        get
        {
            lock (_watching)
            {
                return [.. _watching];
            }
        }
    }

    public void StartWatching(ActorRef target)
    {
        lock (_watching)
        {
            _watching.Add(target);
        }
    }

    /// <summary>False: it was not watched.</summary>
    public bool EndWatching(ActorRef target)
    {
        lock (_watching)
        {
            return _watching.Remove(target);
        }
    }

    public void WatchNobody()
    {
        lock (_watching)
        {
            _watching.Clear();
        }
    }

    /// <summary>Holds while a handler runs: two at once are a violation.</summary>
    public void Enter(StressWorld world) => world.Check(Interlocked.Increment(ref _inside) == 1, $"two messages at once in {id}");

    public void Leave() => Interlocked.Decrement(ref _inside);
}
