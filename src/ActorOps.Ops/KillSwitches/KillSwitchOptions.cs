using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.KillSwitches;

/// <summary>How the kill switch behaves.</summary>
public sealed class KillSwitchOptions
{
    /// <summary>Path of the legacy file; empty: <c>KILL_SWITCH</c> in the data directory.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>Time between two looks at the file.</summary>
    public TimeSpan FilePoll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time a reset request can be approved.</summary>
    public TimeSpan ResetExpiry { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Time since an approver was added or changed; less than a day is for drills.</summary>
    public TimeSpan ApproverMinimumAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether an admin may grant risk or admin alone when nobody else with these roles is left.</summary>
    public bool LonePersonGrants { get; init; }

    /// <summary>Whether approvals need a one-time code; false is for drills.</summary>
    public bool OneTimeCodes { get; init; } = true;

    /// <summary>Time at REDUCE_ONLY after a reset, before the first share of the normal size.</summary>
    public TimeSpan RecoveryHold { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Time on each share of the normal size.</summary>
    public TimeSpan RecoveryStep { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Shares of the normal size on the way back to all of it, each above 0 and below 1, growing.</summary>
    public List<double> RecoverySizes { get; init; } = [];

    /// <summary>Shadow run that a reset needs after a breach of a limit; 0: none.</summary>
    public TimeSpan ShadowAfterLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The same after a model, a canary or a rollback by hand.</summary>
    public TimeSpan ShadowAfterModel { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Slippage ratio up to which a shadow run was normal.</summary>
    public double ShadowSlippage { get; init; } = 2;

    /// <summary>Time in which a trip without a reason should be given one.</summary>
    public TimeSpan ReasonWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest wait for the store before a trip is answered, ms.</summary>
    [Range(0, 10_000)]
    public int AnswerWithinMs { get; init; } = 100;

    internal Approvals.ApprovalOptions ForApprovals() => new(ApproverMinimumAge, OneTimeCodes);

    /// <summary>Where the file is, for a node with its data in a directory.</summary>
    public string PathIn(string data) => Path.GetFullPath(File.Length > 0 ? File : Path.Combine(data, "KILL_SWITCH"));
}
