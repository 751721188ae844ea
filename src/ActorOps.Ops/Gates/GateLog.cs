using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Gates;

internal static partial class GateLog
{
    [LoggerMessage(4100, LogLevel.Warning, "Control events for desk {Desk} cannot be read; they wait")]
    public static partial void ControlsUnreadable(ILogger log, string desk, Exception reason);

    [LoggerMessage(4101, LogLevel.Error, "Desk {Desk} did not apply control event {Control}: {Outcome}; look at its open orders")]
    public static partial void ControlNotApplied(ILogger log, string desk, Guid control, string outcome);
}
