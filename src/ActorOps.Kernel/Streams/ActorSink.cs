using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;

namespace ActorOps.Kernel.Streams;

/// <summary>The way from a stream into an actor, with backpressure by what the actor has handled.</summary>
internal static class ActorSink<T>
    where T : class
{
    public static async Task RunAsync(Source<T> source, StreamScope scope, ActorRef target, int inFlight, object? onCompleted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFlight, 1);
        var room = new Room(inFlight);
        Type? lost = null;
        await foreach (var element in source.Open(scope))
        {
            await room.EnterAsync(scope.Cancellation);
            ThrowIfLost();
            target.Tell(new AutoReceivedMessage.Delivery(element, handled =>
            {
                lost = handled ? lost : element.GetType();
                room.Leave();
            }));
        }

        for (var i = 0; i < inFlight; i++)
        {
            await room.EnterAsync(scope.Cancellation);
        }

        ThrowIfLost();
        if (onCompleted is not null)
        {
            target.Tell(onCompleted);
        }

        void ThrowIfLost()
        {
            if (lost is not null)
            {
                throw new UndeliveredException(target.Path, lost, "not handled");
            }
        }
    }
}
