using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorOps.Client.Gates;

/// <summary>Nanoseconds since boot, suspend included (Linux CLOCK_BOOTTIME); elsewhere the monotonic clock of .NET.</summary>
public static unsafe partial class BootClock
{
    private const int ClockBootTime = 7;
    private static readonly bool HasBootTime = OperatingSystem.IsLinux();

    /// <summary>The clock now, ns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Now()
    {
        if (!HasBootTime)
        {
            return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
        }

        TimeSpec time;
        _ = ReadClock(ClockBootTime, &time);
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static extern int ReadClock(int clock, TimeSpec* time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
