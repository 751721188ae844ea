using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Rules;

internal static partial class RuleLog
{
    [LoggerMessage(4300, LogLevel.Warning, "Limit changed: {Change}")]
    public static partial void LimitChanged(ILogger log, string change);

    [LoggerMessage(4310, LogLevel.Warning, "The configuration asks for a looser limit, which two people must approve (actorops config limits, {Hash}): {Change}")]
    public static partial void LimitProposed(ILogger log, string change, string hash);
}
