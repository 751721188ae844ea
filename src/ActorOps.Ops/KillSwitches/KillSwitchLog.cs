using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

internal static partial class KillSwitchLog
{
    [LoggerMessage(4000, LogLevel.Critical, "The trip latch {Path} could not be written; gates stay closed")]
    public static partial void LatchFailed(ILogger log, string path, Exception reason);

    [LoggerMessage(4001, LogLevel.Error, "The trip latch {Path} could not be extended; the next trips may not fit")]
    public static partial void LatchRoomFailed(ILogger log, string path, Exception reason);

    [LoggerMessage(4002, LogLevel.Critical, "Trip {TripId}: {Level} for {Scope} by {Principal} ({TripSource}): {Reason}")]
    public static partial void Tripped(ILogger log, Guid tripId, string level, string scope, string principal, string tripSource, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "Reset {ResetId} approved by {Principal}; cleared {Trips}")]
    public static partial void ResetApproved(ILogger log, Guid resetId, string principal, string trips);

    [LoggerMessage(4005, LogLevel.Critical, "Trip {TripId}: {Level} for {Scope}, heard from {Node}")]
    public static partial void Heard(ILogger log, Guid tripId, string level, string scope, string node);

    [LoggerMessage(4006, LogLevel.Warning, "Trips could not be stored yet; they stand, and are tried again: {Reason}")]
    public static partial void NotStored(ILogger log, string reason);

    [LoggerMessage(4004, LogLevel.Error, "The kill-switch file {Path} could not be written or read")]
    public static partial void FileFailed(ILogger log, string path, Exception reason);
}
