using System.Runtime.InteropServices;

namespace ActorOps.Kernel.Scheduling;

/// <summary>
/// System time whose timestamps count from boot and go on through suspend (Linux CLOCK_BOOTTIME, nanoseconds): a deadline taken before a
/// laptop slept or a machine was paused has passed when it wakes. The default timestamps of .NET (CLOCK_MONOTONIC) stand still meanwhile.
/// </summary>
public sealed partial class BootTimeProvider : TimeProvider
{
    private const int ClockBootTime = 7;

    private BootTimeProvider()
    {
    }

    /// <summary>The one instance.</summary>
    public static BootTimeProvider Instance { get; } = new();

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000_000;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        if (ReadClock(ClockBootTime, out var time) != 0)
        {
            throw new PlatformNotSupportedException("This system has no CLOCK_BOOTTIME; ActorOps needs Linux.");
        }

        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
