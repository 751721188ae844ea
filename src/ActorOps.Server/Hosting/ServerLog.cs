namespace ActorOps.Server.Hosting;

internal static partial class ServerLog
{
    [LoggerMessage(5001, LogLevel.Warning, "Changes of {Path} cannot be watched; it is polled")]
    public static partial void WatchFailed(ILogger log, string path, Exception reason);

    [LoggerMessage(5002, LogLevel.Warning, "A background loop failed; it tries again")]
    public static partial void LoopFailed(ILogger log, Exception reason);

    [LoggerMessage(5003, LogLevel.Error, "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger log, string method, string path, Exception reason);

    [LoggerMessage(5004, LogLevel.Information, "Backup {Name} made: {Events} events")]
    public static partial void BackedUp(ILogger log, string name, long events);
}
