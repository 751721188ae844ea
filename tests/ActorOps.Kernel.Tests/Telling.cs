using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests;

internal static class Telling
{
    /// <summary>Has a scripted actor do something on its own turn.</summary>
    public static void Do(this ActorRef actor, Action<ScriptedActor> act) => actor.Tell(act);

    /// <inheritdoc cref="Do"/>
    public static void DoAsync(this ActorRef actor, Func<ScriptedActor, ValueTask> act) => actor.Tell(act);
}
