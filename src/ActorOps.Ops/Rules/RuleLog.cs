using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Rules;

internal static partial class RuleLog
{
    [LoggerMessage(4300, LogLevel.Warning, "Limit changed: {Change}")]
    public static partial void LimitChanged(ILogger log, string change);
}
