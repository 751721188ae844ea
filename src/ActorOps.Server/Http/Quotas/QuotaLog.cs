namespace ActorOps.Server.Http.Quotas;

internal static partial class QuotaLog
{
    [LoggerMessage(5060, LogLevel.Warning, "This process may have {Limit} files open at once, so it takes {Connections} connections instead of {Wanted}; raise the limit (ulimit -n, LimitNOFILE)")]
    public static partial void FewDescriptors(ILogger log, int limit, int connections, int wanted);

    [LoggerMessage(5061, LogLevel.Warning, "The reader of {Path} at {Address} took nothing for the time of actorops.quotas.write-timeout and was cut off")]
    public static partial void SlowReader(ILogger log, string path, string address);

    [LoggerMessage(5062, LogLevel.Error, "The kill socket {Path} cannot be opened; trips by HTTP, by the file KILL_SWITCH and by SIGUSR1 work without it")]
    public static partial void NoKillSocket(ILogger log, string path, Exception reason);

    [LoggerMessage(5063, LogLevel.Warning, "A call at the kill socket failed")]
    public static partial void KillSocketFailed(ILogger log, Exception reason);

    [LoggerMessage(5064, LogLevel.Critical, "No file can be opened any more: the reserve was used to look at the kill-switch file")]
    public static partial void ReserveUsed(ILogger log);
}
