using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Escalations;

internal static partial class EscalationLog
{
    /// <summary>Before the journal is asked: what climbs is on some record even when the store is away.</summary>
    [LoggerMessage(4010, LogLevel.Information, "{Severity} {Target}: {Text}")]
    public static partial void Raised(ILogger log, string severity, string target, string text);
}
