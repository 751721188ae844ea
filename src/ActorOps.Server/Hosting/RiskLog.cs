namespace ActorOps.Server.Hosting;

internal static partial class RiskLog
{
    [LoggerMessage(5000, LogLevel.Information, "{Kind}: {Line}")]
    public static partial void Event(ILogger log, string kind, string line);
}
