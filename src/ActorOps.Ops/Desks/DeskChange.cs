namespace ActorOps.Ops.Desks;

/// <summary>What becomes of a registration.</summary>
/// <param name="Effective">The desk as it is in force at once.</param>
/// <param name="Waiting">What waits for two people, in words; empty: nothing does.</param>
internal sealed record DeskChange(Desk Effective, IReadOnlyList<string> Waiting);
