namespace ActorOps.Kernel.Diagnostics;

/// <summary>
/// A count of ticks that costs one read: reading a real clock for each message would cost more than the message. A tick is a tenth of the
/// slow-message threshold, so a time measured with it is right to within one tick. It stands at 0 while there is no threshold.
/// </summary>
internal sealed class CoarseClock
{
    public const int ThresholdTicks = 10;

    private readonly Action _stop = static () => { };
    private int _ticks;

    public CoarseClock(TimeSpan? threshold, TimeProvider time)
    {
        if (threshold is { } limit)
        {
            Step = limit / ThresholdTicks;
            _ticks = 1;
            _stop = time.CreateTimer(_ => Interlocked.Increment(ref _ticks), null, Step, Step).Dispose;
        }
    }

    public int Ticks => _ticks;

    public TimeSpan Step { get; }

    public void Stop() => _stop();
}
