using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Stress;

/// <summary>What is known of one actor across its restarts: its dice, and what the invariants need.</summary>
internal sealed class Persona(int id, int seed)
{
    private int _inside;

    public int Id => id;

    public Random Random { get; } = new(HashCode.Combine(seed, id));

    public ActorRef Ref { get; set; } = ActorRef.NoSender;

    public Dictionary<Persona, long> Sent { get; } = [];

    public Dictionary<Persona, long> Seen { get; } = [];

    public HashSet<ActorRef> Watching { get; } = [];

    public bool Ended { get; set; }

    public int Instances { get; set; }

    public int EndedInstances { get; set; }

    /// <summary>Holds while a handler runs: two at once are a violation.</summary>
    public void Enter(StressWorld world) => world.Check(Interlocked.Increment(ref _inside) == 1, $"two messages at once in {id}");

    public void Leave() => Interlocked.Decrement(ref _inside);
}
