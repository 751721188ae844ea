namespace ActorOps.PaperDesk.Markets;

/// <summary>
/// The desk's time: steps of 20 ms that follow real time, and market time, which is that times the speed. Everything the desk decides runs
/// on whole steps, so a run can be repeated whatever the machine's pace. A desk that was paused does not replay what it missed: it jumps.
/// </summary>
internal sealed class MarketClock(TimeProvider time, double speed)
{
    public static readonly TimeSpan StepLength = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(2);
    private long _start = time.GetTimestamp();
    private long _steps;

    public double Speed => speed;

    /// <summary>The desk's time since its start: a whole number of steps.</summary>
    public TimeSpan Elapsed => _steps * StepLength;

    /// <summary>Market time now.</summary>
    public TimeSpan Now => Elapsed * speed;

    /// <summary>A real duration as market time.</summary>
    public TimeSpan Scale(TimeSpan real) => real * speed;

    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <summary>Begins at zero: nothing of the waiting before counts.</summary>
    public void Restart() => (_start, _steps) = (time.GetTimestamp(), 0);

    /// <summary>Takes the next step if real time has come that far.</summary>
    public bool TryStep()
    {
        var real = time.GetElapsedTime(_start);
        if (real - Elapsed < StepLength)
        {
            return false;
        }

        _steps = real - Elapsed > LongestLag ? (long)(real / StepLength) : _steps + 1;
        return true;
    }
}
