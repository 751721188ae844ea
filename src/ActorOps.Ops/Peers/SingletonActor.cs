using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Ops.Peers;

/// <summary>One term of a singleton on this node: its only child is the singleton itself, which ends with the term or when it has been fenced.</summary>
internal sealed class SingletonActor(Props singleton, TaskCompletionSource ended) : Actor
{
    private ActorRef _singleton = ActorRef.NoSender;

    protected override SupervisorStrategy SupervisorStrategy => OpsSystem.GuardianStrategy;

    protected override ValueTask PreStart()
    {
        _singleton = Context.ActorOf(singleton, "singleton");
        Context.Watch(_singleton);
        return default;
    }

    protected override ValueTask PostStop()
    {
        ended.TrySetResult();
        return default;
    }

    protected override ValueTask Receive(object message)
    {
        if (message is Terminated)
        {
            Context.Stop(Self);
        }
        else
        {
            _singleton.Tell(message, Sender);
        }

        return default;
    }
}
