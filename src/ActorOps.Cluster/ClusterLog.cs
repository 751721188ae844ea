using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster;

internal static partial class ClusterLog
{
    [LoggerMessage(2000, LogLevel.Information, "Joined as {Node}")]
    public static partial void Joined(ILogger log, NodeKey node);

    [LoggerMessage(2001, LogLevel.Warning, "A renewal had no answer: {Reason}; trust {Ending}")]
    public static partial void RenewalFailed(ILogger log, string reason, string ending);

    [LoggerMessage(2002, LogLevel.Critical, "Fenced: {Why} Everything that is granted to this node stops")]
    public static partial void Fenced(ILogger log, string why);

    [LoggerMessage(2003, LogLevel.Warning, "{Node} was silent for its whole time to live and is down now ({Result})")]
    public static partial void Evicted(ILogger log, NodeKey node, EvictResult result);

    [LoggerMessage(2004, LogLevel.Error, "The trust window of this node is over: the store has not confirmed it for {Elapsed}")]
    public static partial void TrustLost(ILogger log, TimeSpan elapsed);

    [LoggerMessage(2005, LogLevel.Information, "{Grant} is active here with epoch {Epoch}")]
    public static partial void GrantActive(ILogger log, string grant, long epoch);

    [LoggerMessage(2006, LogLevel.Information, "{Grant} has stopped here: {Why}")]
    public static partial void GrantStopped(ILogger log, string grant, string why);

    [LoggerMessage(2007, LogLevel.Error, "{Grant} has failed")]
    public static partial void GrantFailed(ILogger log, string grant, Exception reason);

    [LoggerMessage(2008, LogLevel.Warning, "Postponed to the next renewal: {Reason}")]
    public static partial void StepFailed(ILogger log, string reason);

    [LoggerMessage(2010, LogLevel.Debug, "{Kind} for {Recipient} was not taken by {Node}: {Why}")]
    public static partial void NotTaken(ILogger log, string kind, string recipient, NodeKey node, string why);

    [LoggerMessage(2009, LogLevel.Error, "Work that follows from a view of the cluster has failed; it is retried with the next view")]
    public static partial void FollowerFailed(ILogger log, Exception reason);
}
