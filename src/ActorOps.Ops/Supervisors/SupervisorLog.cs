using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

internal static partial class SupervisorLog
{
    [LoggerMessage(4203, LogLevel.Warning, "The verdicts of {Shard} wait, {Count} so far: {Reason}")]
    public static partial void VerdictsDelayed(ILogger log, string shard, int count, string reason);

    [LoggerMessage(4204, LogLevel.Warning, "{Count} verdicts of {Shard} were refused: another node has it")]
    public static partial void VerdictsFenced(ILogger log, string shard, int count);

    [LoggerMessage(4205, LogLevel.Error, "A verdict of {Shard} was given up, too many wait")]
    public static partial void VerdictDropped(ILogger log, string shard);

    [LoggerMessage(4206, LogLevel.Information, "{Shard} is supervised here now: {Count} targets")]
    public static partial void ShardTaken(ILogger log, string shard, int count);

    [LoggerMessage(4207, LogLevel.Information, "{Shard} is no longer supervised here")]
    public static partial void ShardGiven(ILogger log, string shard);

    [LoggerMessage(4200, LogLevel.Warning, "The checkpoint of {Target} cannot be read; its windows start empty")]
    public static partial void CheckpointUnreadable(ILogger log, string target, Exception reason);

    [LoggerMessage(4201, LogLevel.Warning, "{Count} checkpoints could not be written; the next ones follow")]
    public static partial void CheckpointsUnwritable(ILogger log, int count, Exception reason);

    [LoggerMessage(4202, LogLevel.Error, "The supervisor of {Target} has used up its restarts; {Target} is held until it is back")]
    public static partial void SupervisorLost(ILogger log, string target, Exception reason);
}
