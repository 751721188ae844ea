using Microsoft.Extensions.Logging;

namespace ActorOps.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(3000, LogLevel.Error, "A write failed and was rolled back")]
    public static partial void WriteFailed(ILogger log, Exception reason);

    [LoggerMessage(3002, LogLevel.Warning, "The database was promoted: it is on timeline {Timeline}, and the store's generation is now {Generation}")]
    public static partial void Promoted(ILogger log, long timeline, long generation);

    [LoggerMessage(3001, LogLevel.Debug, "A hint to other nodes was lost: {Reason}")]
    public static partial void RingLost(ILogger log, string reason);
}
