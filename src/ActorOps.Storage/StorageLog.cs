using Microsoft.Extensions.Logging;

namespace ActorOps.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(3000, LogLevel.Error, "A write failed and was rolled back")]
    public static partial void WriteFailed(ILogger log, Exception reason);
}
