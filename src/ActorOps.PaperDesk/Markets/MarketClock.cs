namespace ActorOps.PaperDesk.Markets;

/// <summary>Market time: real time since the start, times the speed. Everything the desk decides runs on it, so a run can be repeated.</summary>
internal sealed class MarketClock(TimeProvider time, double speed)
{
    private readonly long _start = time.GetTimestamp();

    public double Speed => speed;

    /// <summary>Real time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Market time now.</summary>
    public TimeSpan Now => Elapsed * speed;

    /// <summary>A real duration as market time.</summary>
    public TimeSpan Scale(TimeSpan real) => real * speed;

    public DateTimeOffset UtcNow => time.GetUtcNow();
}
