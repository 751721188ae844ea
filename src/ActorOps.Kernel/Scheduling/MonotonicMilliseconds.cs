namespace ActorOps.Kernel.Scheduling;

/// <summary>Timestamps as plain milliseconds, the unit in which windows and ages are kept.</summary>
public static class MonotonicMilliseconds
{
    /// <summary>Milliseconds of the provider's timestamp clock. Only differences mean something; never wall time.</summary>
    public static long GetMilliseconds(this TimeProvider time) => (long)(time.GetTimestamp() / (time.TimestampFrequency / 1000.0));
}
