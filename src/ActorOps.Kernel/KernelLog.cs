using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging;

namespace ActorOps.Kernel;

internal static partial class KernelLog
{
    [LoggerMessage(1000, LogLevel.Warning, "{Path} failed: {Directive} after {Delay}")]
    public static partial void ChildFailed(ILogger log, ActorPath path, Directive directive, TimeSpan delay, Exception reason);

    [LoggerMessage(1001, LogLevel.Warning, "{Path} failed on its way out")]
    public static partial void FailedWhileStopping(ILogger log, ActorPath path, Exception reason);

    [LoggerMessage(1002, LogLevel.Error, "A failure was escalated past the guardian; every actor stops")]
    public static partial void SystemFailed(ILogger log, Exception reason);

    [LoggerMessage(1003, LogLevel.Information, "Dead letter {Count}: {Message} to {Path} ({Reason})")]
    public static partial void DeadLetter(ILogger log, string message, ActorPath path, string reason, long count);

    [LoggerMessage(1004, LogLevel.Warning, "Shutdown phase {Phase} did not end within {Timeout}; the next one begins")]
    public static partial void PhaseTimedOut(ILogger log, string phase, TimeSpan timeout);

    [LoggerMessage(1005, LogLevel.Warning, "Shutdown task {Task} of phase {Phase} failed")]
    public static partial void ShutdownTaskFailed(ILogger log, string task, string phase, Exception reason);

    [LoggerMessage(1006, LogLevel.Warning, "{Path} had {Message} in hand for about {Elapsed}")]
    public static partial void SlowMessage(ILogger log, ActorPath path, string message, TimeSpan elapsed);

    [LoggerMessage(1007, LogLevel.Warning, "A snapshot of {Stream} at {SequenceNumber} cannot be read; an older one or the whole stream is read instead")]
    public static partial void SnapshotUnreadable(ILogger log, string stream, long sequenceNumber, Exception reason);

    [LoggerMessage(1008, LogLevel.Warning, "A snapshot of {Stream} at {SequenceNumber} could not be stored; recovery will read more events")]
    public static partial void SnapshotNotStored(ILogger log, string stream, long sequenceNumber, Exception reason);
}
