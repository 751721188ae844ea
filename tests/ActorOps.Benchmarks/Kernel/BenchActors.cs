using ActorOps.Kernel.Actors;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>Counts messages and says when all have come.</summary>
internal sealed class CountingActor(int expected, TaskCompletionSource done) : Actor
{
    private int _count;

    protected override ValueTask Receive(object message)
    {
        if (++_count == expected)
        {
            done.TrySetResult();
        }

        return default;
    }
}

/// <summary>Sends everything back.</summary>
internal sealed class EchoActor : Actor
{
    protected override ValueTask Receive(object message)
    {
        Sender.Tell(message, Self);
        return default;
    }
}

/// <summary>Does nothing.</summary>
internal sealed class IdleActor : Actor
{
    protected override ValueTask Receive(object message) => default;
}
