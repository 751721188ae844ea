namespace ActorOps.Kernel.Supervision;

/// <summary>Wait before the n-th restart in a row: <c>min(maximum, initial * 2^(n-1))</c>, shortened at random by up to the jitter.</summary>
/// <param name="Initial">Wait before the first restart; zero: restart at once.</param>
/// <param name="Maximum">Longest wait.</param>
/// <param name="Jitter">Share of the wait that is random, 0 to 1.</param>
public sealed record Backoff(TimeSpan Initial, TimeSpan Maximum, double Jitter = 0.2)
{
    /// <summary>Restart at once.</summary>
    public static Backoff None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, 0);

    /// <summary>Time without a failure, counted from the restart, after which the row starts over; null: the strategy's window.</summary>
    public TimeSpan? ResetAfter { get; init; }

    /// <summary>Wait before the restart that follows <paramref name="failures"/> failures (1 or more); <paramref name="random"/> in [0,1).</summary>
    public TimeSpan DelayFor(int failures, double random)
    {
        var full = Math.Min(Maximum.TotalMilliseconds, Initial.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 40)));
        return TimeSpan.FromMilliseconds(full * (1 - (Jitter * random)));
    }
}
