using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests;

/// <summary>Writes down what happens to it. A message that is an action is run, "fail" throws, a reply is a function of the actor.</summary>
internal sealed class ScriptedActor : Actor
{
    private readonly Script _script;

    public ScriptedActor(Script script)
    {
        _script = script;
        Number = ++script.Instances;
        script.Constructor?.Invoke(this);
    }

    /// <summary>Which instance of its script, from 1.</summary>
    public int Number { get; }

    public int Count { get; set; }

    public ActorContext Surroundings => Context;

    public Script Script => _script;

    protected override SupervisorStrategy SupervisorStrategy => _script.Strategy;

    public void Note(string what) => _script.Note(what);

    protected override ValueTask Receive(object message)
    {
        switch (message)
        {
            case Action<ScriptedActor> act:
                act(this);
                return default;
            case Func<ScriptedActor, ValueTask> act:
                return act(this);
            case "fail":
                throw new InvalidOperationException("asked to fail");
            default:
                if (_script.Receive is { } receive)
                {
                    return receive(this, message);
                }

                Note(message is Terminated terminated ? $"saw the end of {terminated.Actor.Path.Name}" : $"got {message}");
                return default;
        }
    }

    protected override async ValueTask PreStart()
    {
        Note("PreStart");
        await (_script.PreStart?.Invoke(this) ?? default);
    }

    protected override async ValueTask PostStop()
    {
        Note("PostStop");
        await (_script.PostStop?.Invoke(this) ?? default);
    }

    protected override async ValueTask PreRestart(Exception reason, object? message)
    {
        Note($"PreRestart {message}");
        if (_script.PreRestart is { } preRestart)
        {
            await preRestart(this);
        }
        else
        {
            await base.PreRestart(reason, message);
        }
    }

    protected override async ValueTask PostRestart(Exception reason)
    {
        Note("PostRestart");
        await (_script.PostRestart?.Invoke(this) ?? base.PostRestart(reason));
    }
}
