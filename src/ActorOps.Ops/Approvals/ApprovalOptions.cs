namespace ActorOps.Ops.Approvals;

/// <summary>What an approval of more risk needs.</summary>
/// <param name="MinimumAge">Time since an approver was added or changed; less than a day is for drills.</param>
/// <param name="OneTimeCodes">Whether a one-time code is needed; false is for drills.</param>
internal sealed record ApprovalOptions(TimeSpan MinimumAge, bool OneTimeCodes);
