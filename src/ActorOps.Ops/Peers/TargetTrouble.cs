using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Peers;

/// <summary>A target that is critical or unknown.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Verdict">Critical or Unknown.</param>
/// <param name="Rules">Its critical rules.</param>
public sealed record TargetTrouble(TargetKind Kind, string Id, Verdict Verdict, IReadOnlyList<string> Rules)
{
    /// <summary>What a supervisor says, when that is trouble.</summary>
    internal static TargetTrouble? Of(SupervisorSummary summary) => summary.Verdict is Verdict.Critical or Verdict.Unknown
        ? new(summary.Target.Kind, summary.Target.Id, summary.Verdict, [.. summary.Reasons.Where(reason => reason.Level == RuleLevel.Critical).Select(reason => reason.Rule)])
        : null;

    /// <summary>Nobody says anything of it.</summary>
    internal static TargetTrouble Unseen(TargetId target) => new(target.Kind, target.Id, Verdict.Unknown, []);
}
