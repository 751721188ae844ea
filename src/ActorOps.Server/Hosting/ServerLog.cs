namespace ActorOps.Server.Hosting;

internal static partial class ServerLog
{
    [LoggerMessage(5005, LogLevel.Warning, "Waiting for the store: {Reason}")]
    public static partial void StoreAwaited(ILogger log, string reason);

    [LoggerMessage(5006, LogLevel.Critical, "The store of generation {Generation} lacks events that this node had seen: they are lost. Trips that they cleared stand again")]
    public static partial void EventsLost(ILogger log, long generation);

    [LoggerMessage(5007, LogLevel.Warning, "{Address}, which says that it is node {Node}, was refused at the link port: {Why}")]
    public static partial void LinkRefused(ILogger log, string address, string node, string why);

    [LoggerMessage(5008, LogLevel.Information, "Cluster: {Event}")]
    public static partial void ClusterChanged(ILogger log, string @event);

    [LoggerMessage(5009, LogLevel.Warning, "{Principal} has declared {Node} down: {Reason}")]
    public static partial void DeclaredDown(ILogger log, string principal, string node, string reason);

    [LoggerMessage(5001, LogLevel.Warning, "{Path} cannot be watched for changes; it is polled")]
    public static partial void WatchFailed(ILogger log, string path, Exception reason);

    [LoggerMessage(5002, LogLevel.Warning, "A background loop failed; it tries again")]
    public static partial void LoopFailed(ILogger log, Exception reason);

    [LoggerMessage(5003, LogLevel.Error, "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger log, string method, string path, Exception reason);

    [LoggerMessage(5004, LogLevel.Information, "Backup {Name} made: {Events} events")]
    public static partial void BackedUp(ILogger log, string name, long events);

    [LoggerMessage(5010, LogLevel.Warning, "State {Before} -> {Now}: {Sentence}")]
    public static partial void SituationChanged(ILogger log, string before, string now, string sentence);

    [LoggerMessage(5030, LogLevel.Error, "The approval to close positions for procedure {Id} could not be requested: {Why}")]
    public static partial void FlattenNotAsked(ILogger log, Guid id, string why);

    [LoggerMessage(5031, LogLevel.Error, "The break-glass token {Path} cannot be read or written; without it only the file KILL_SWITCH and SIGUSR1 need no principal")]
    public static partial void NoBreakGlass(ILogger log, string path, Exception reason);

    [LoggerMessage(5032, LogLevel.Warning, "The node stopped before it was ready: {Reason}")]
    public static partial void StartEnded(ILogger log, string reason);

    [LoggerMessage(5033, LogLevel.Error, "{Principal} did {Action} to {Node} ({Reason}), which could not be journalled: {Why}")]
    public static partial void NodeChangeNotRecorded(ILogger log, string principal, string action, string node, string reason, string why);
}
