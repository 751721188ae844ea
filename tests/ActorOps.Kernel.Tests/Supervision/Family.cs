using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

/// <summary>A grandparent, a parent with the strategy under test, and its children a and b, which count what they are told.</summary>
internal sealed class Family
{
    private readonly Dictionary<string, ActorRef> _children = [];

    public Family(Simulation sim, SupervisorStrategy strategy, SupervisorStrategy? grandparents = null, bool keepChildren = false)
    {
        var parent = new Script("parent")
        {
            Strategy = strategy,
            PreStart = self =>
            {
                foreach (var name in new[] { "a", "b" }.Where(name => self.Surroundings.Child(name) is null))
                {
                    _children[name] = self.Surroundings.ActorOf(new Script(name) { Log = Lines, Receive = Count }.Props, name);
                }

                return default;
            },
            PreRestart = keepChildren ? _ => default : null,
        };
        var grandparent = new Script("grandparent")
        {
            Strategy = grandparents ?? SupervisorStrategy.Default,
            PreStart = self =>
        {
            Parent = self.Surroundings.ActorOf(parent.Props, "parent");
            return default;
        },
        }.Spawn(sim);
        sim.RunUntilIdle();
        Grandparent = grandparent;
    }

    public ActorRef Grandparent { get; }

    public ActorRef Parent { get; private set; } = ActorRef.NoSender;

    public ActorRef A => _children["a"];

    public ActorRef B => _children["b"];

    public List<string> Lines { get; } = [];

    public List<string> Counts { get; } = [];

    public IReadOnlyList<string> TakeCounts()
    {
        string[] counts = [.. Counts];
        Counts.Clear();
        return counts;
    }

    private ValueTask Count(ScriptedActor self, object message)
    {
        Counts.Add($"{self.Script.Name} {++self.Count}");
        return default;
    }
}
