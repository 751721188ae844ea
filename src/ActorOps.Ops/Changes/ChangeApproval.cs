namespace ActorOps.Ops.Changes;

/// <summary>A person agreed.</summary>
/// <param name="Principal">Name of the credential.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="At">When.</param>
public sealed record ChangeApproval(string Principal, string Person, DateTimeOffset At);
