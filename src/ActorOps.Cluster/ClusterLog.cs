using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster;

internal static partial class ClusterLog
{
    [LoggerMessage(2000, LogLevel.Information, "Joined as {Node}")]
    public static partial void Joined(ILogger log, NodeKey node);

    [LoggerMessage(2001, LogLevel.Warning, "A renewal had no answer: {Reason}; trusted for another {Left}")]
    public static partial void RenewalFailed(ILogger log, string reason, TimeSpan left);

    [LoggerMessage(2002, LogLevel.Critical, "Fenced: {Why} Everything that is granted to this node stops")]
    public static partial void Fenced(ILogger log, string why);

    [LoggerMessage(2003, LogLevel.Warning, "{Node} was silent for its whole time to live and is down now ({Result})")]
    public static partial void Evicted(ILogger log, NodeKey node, EvictResult result);

    [LoggerMessage(2004, LogLevel.Error, "The trust window of this node is over: the store has not confirmed it for {Elapsed}")]
    public static partial void TrustLost(ILogger log, TimeSpan elapsed);

    [LoggerMessage(2005, LogLevel.Information, "{Singleton} is active here with epoch {Epoch}")]
    public static partial void SingletonActive(ILogger log, string singleton, long epoch);

    [LoggerMessage(2006, LogLevel.Information, "{Singleton} has stopped here: {Why}")]
    public static partial void SingletonStopped(ILogger log, string singleton, string why);

    [LoggerMessage(2007, LogLevel.Error, "{Singleton} has failed")]
    public static partial void SingletonFailed(ILogger log, string singleton, Exception reason);

    [LoggerMessage(2008, LogLevel.Warning, "A step of the cluster's work was left for the next renewal: {Reason}")]
    public static partial void StepFailed(ILogger log, string reason);
}
