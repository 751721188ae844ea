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

    /// <summary>Longest wait for the store before a trip is answered, ms.</summary>
    [Range(0, 10_000)]
    public int AnswerWithinMs { get; init; } = 100;
}
