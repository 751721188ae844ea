using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Gates;

internal static partial class GateLog
{
    [LoggerMessage(4100, LogLevel.Warning, "Control events for desk {Desk} cannot be read; they wait")]
    public static partial void ControlsUnreadable(ILogger log, string desk, Exception reason);
}
