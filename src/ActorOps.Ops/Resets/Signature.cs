namespace ActorOps.Ops.Resets;

/// <summary>A person vouches for what the system cannot see.</summary>
/// <param name="Item">Key of the checklist's item.</param>
/// <param name="Statement">What was looked at, and what was found.</param>
/// <param name="Principal">Who signs.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="At">When.</param>
public sealed record Signature(string Item, string Statement, string Principal, string Person, DateTimeOffset At);
