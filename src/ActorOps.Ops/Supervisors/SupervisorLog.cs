using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

internal static partial class SupervisorLog
{
    [LoggerMessage(4200, LogLevel.Warning, "The checkpoint of {Target} cannot be read; its windows start empty")]
    public static partial void CheckpointUnreadable(ILogger log, string target, Exception reason);

    [LoggerMessage(4201, LogLevel.Warning, "{Count} checkpoints could not be written; the next ones follow")]
    public static partial void CheckpointsUnwritable(ILogger log, int count, Exception reason);

    [LoggerMessage(4202, LogLevel.Error, "The supervisor of {Target} has used up its restarts; {Target} is held until it is back")]
    public static partial void SupervisorLost(ILogger log, string target, Exception reason);
}
