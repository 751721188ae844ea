using ActorOps.Kernel.Scheduling;

namespace ActorOps.Server.Clustering;

/// <summary>
/// Time of this node: durations by the boot-time clock, dates by the store's. So nodes whose clocks are an hour apart date what they write alike, and
/// nothing but the log files shows the difference.
/// </summary>
internal sealed class NodeClock : TimeProvider
{
    /// <summary>How far the store's clock is ahead; set once there is a store.</summary>
    public Func<TimeSpan>? Offset { get; set; }

    public override long TimestampFrequency => BootTimeProvider.Instance.TimestampFrequency;

    public override long GetTimestamp() => BootTimeProvider.Instance.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => BootTimeProvider.Instance.GetUtcNow() + (Offset?.Invoke() ?? TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => BootTimeProvider.Instance.CreateTimer(callback, state, dueTime, period);
}
