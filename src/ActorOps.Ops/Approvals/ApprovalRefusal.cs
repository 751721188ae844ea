namespace ActorOps.Ops.Approvals;

/// <summary>Why an approval does not count.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Why">What to do.</param>
public sealed record ApprovalRefusal(string Code, string Why);
