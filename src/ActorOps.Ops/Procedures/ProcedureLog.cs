using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Procedures;

internal static partial class ProcedureLog
{
    [LoggerMessage(4700, LogLevel.Warning, "Procedure {Kind} {Id} for {Scope} has begun: {Reason}")]
    public static partial void Started(ILogger log, string kind, Guid id, string scope, string reason);

    [LoggerMessage(4701, LogLevel.Information, "Procedure {Id}, step {Step}: {State} ({Detail})")]
    public static partial void StepEnded(ILogger log, Guid id, string step, string state, string detail);

    [LoggerMessage(4702, LogLevel.Warning, "Procedure {Id} has ended: {Outcome}")]
    public static partial void Ended(ILogger log, Guid id, string outcome);

    [LoggerMessage(4704, LogLevel.Warning, "{Kind} {Severity}: {Title}. {Text}")]
    public static partial void Noticed(ILogger log, string kind, string severity, string title, string text);

    [LoggerMessage(4705, LogLevel.Information, "Notices wait: {Why}")]
    public static partial void NoticesWait(ILogger log, string why);

    [LoggerMessage(4703, LogLevel.Error, "Procedure {Id} runs on this node alone, without a record in the store: {Why}")]
    public static partial void RunsAlone(ILogger log, Guid id, string why);
}
