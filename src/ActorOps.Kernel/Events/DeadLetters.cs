using ActorOps.Kernel.Asking;

namespace ActorOps.Kernel.Events;

/// <summary>
/// Counts what reached nobody, logs a sample (the first ten, then each thousandth), publishes each on the event stream, and tells whoever asked
/// that no answer will come. A dead letter that itself reaches nobody is let go.
/// </summary>
public sealed class DeadLetters
{
    private readonly ActorSystem _system;
    private long _count;

    internal DeadLetters(ActorSystem system) => _system = system;

    /// <summary>Dead letters since the system's start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Takes a message that reached nobody; whoever asked it learns so.</summary>
    public void Record(DeadLetter letter)
    {
        if (letter.Message is DeadLetter)
        {
            return;
        }

        var count = Interlocked.Increment(ref _count);
        if (count <= 10 || count % 1000 == 0)
        {
            KernelLog.DeadLetter(_system.Log, letter.Message.GetType().Name, letter.Recipient.Path, letter.Reason, count);
        }

        (letter.Sender as IPromise)?.OnUndelivered(letter);
        _system.EventStream.Publish(letter);
    }
}
