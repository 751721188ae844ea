using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests;

/// <summary>What a <see cref="ScriptedActor"/> does, and what has happened to it: shared by all its instances.</summary>
internal sealed class Script(string name)
{
    public List<string> Log { get; init; } = [];

    public string Name => name;

    public int Instances { get; set; }

    public SupervisorStrategy Strategy { get; init; } = SupervisorStrategy.Default;

    public Func<ScriptedActor, object, ValueTask>? Receive { get; init; }

    public Action<ScriptedActor>? Constructor { get; init; }

    public Func<ScriptedActor, ValueTask>? PreStart { get; init; }

    public Func<ScriptedActor, ValueTask>? PostStop { get; init; }

    public Func<ScriptedActor, ValueTask>? PreRestart { get; init; }

    public Func<ScriptedActor, ValueTask>? PostRestart { get; init; }

    public Props Props => Props.Create(() => new ScriptedActor(this));

    public void Note(string what) => Log.Add($"{name} {what}");

    public ActorRef Spawn(Simulation simulation) => simulation.System.ActorOf(Props, name);
}
