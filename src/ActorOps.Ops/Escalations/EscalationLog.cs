using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Escalations;

internal static partial class EscalationLog
{
    [LoggerMessage(4301, LogLevel.Warning, "{Count} escalations wait for the operator tier, which does not answer: {Reason}")]
    public static partial void Delayed(ILogger log, int count, string reason);

    [LoggerMessage(4302, LogLevel.Error, "An escalation was given up, too many wait: {Text}")]
    public static partial void Dropped(ILogger log, string text);

    /// <summary>Before the journal is asked: what climbs is on some record even when the store is away.</summary>
    [LoggerMessage(4010, LogLevel.Information, "{Severity} {Target}: {Text}")]
    public static partial void Raised(ILogger log, string severity, string target, string text);
}
