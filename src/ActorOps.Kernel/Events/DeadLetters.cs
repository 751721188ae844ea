using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Events;

/// <summary>Counts what reached nobody, logs a sample (the first ten, then each thousandth), publishes each on the event stream.</summary>
public sealed class DeadLetters
{
    private readonly ActorSystem _system;
    private long _count;

    internal DeadLetters(ActorSystem system) => _system = system;

    /// <summary>Dead letters since the system's start.</summary>
    public long Count => Interlocked.Read(ref _count);

    internal void Record(DeadLetter letter)
    {
        // Kernel-made messages to a stopped actor say nothing that anybody waits for.
        if (letter.Message is PoisonPill or Terminated or Scheduling.ActorTimers.Fired or DeadLetter)
        {
            return;
        }

        var count = Interlocked.Increment(ref _count);
        if (count <= 10 || count % 1000 == 0)
        {
            KernelLog.DeadLetter(_system.Log, letter.Message.GetType().Name, letter.Recipient.Path, letter.Reason, count);
        }

        _system.EventStream.Publish(letter);
    }
}
