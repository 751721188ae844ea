namespace ActorOps.Ops.Gates;

/// <summary>A desk's clock as its echoes tell it. It runs as fast as ours: an echo that is far from where the ones before it put the clock is of another clock, or made up.</summary>
internal sealed class EchoClock
{
    /// <summary>How far an echo may be from where it should be, ms: delays on the way are seconds, and a unit that is mistaken is far more.</summary>
    public const long LargestOffMs = 30_000;

    /// <summary>Far beyond the age of any machine, and far from overflowing.</summary>
    private const long Largest = 1L << 61;
    private const long NanosecondsPerMs = 1_000_000;
    private long _takenMs;

    /// <summary>The last echo that was taken, ns; null before the first.</summary>
    public long? Latest { get; private set; }

    /// <summary>Takes an echo. False when it is not a clock's reading, or not of the clock before.</summary>
    public bool TryTake(long echo, long nowMs)
    {
        if (echo is <= 0 or > Largest || (Latest is { } latest && Math.Abs(((echo - latest) / NanosecondsPerMs) - (nowMs - _takenMs)) > LargestOffMs))
        {
            return false;
        }

        (Latest, _takenMs) = (echo, nowMs);
        return true;
    }
}
