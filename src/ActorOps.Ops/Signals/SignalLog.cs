using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Signals;

internal static partial class SignalLog
{
    [LoggerMessage(4210, LogLevel.Warning, "{Bytes} bytes of signals for {Shard} were lost: {Why}")]
    public static partial void Lost(ILogger log, int bytes, string shard, string why);
}
