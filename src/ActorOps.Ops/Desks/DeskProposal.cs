namespace ActorOps.Ops.Desks;

/// <summary>A registration that waits for two people.</summary>
/// <param name="Desk">The desk as it asks to be.</param>
/// <param name="Hash">What the people agree to: SHA-256 of the desk, hex.</param>
/// <param name="Changes">What of it waits, in words.</param>
/// <param name="At">When it was asked for first.</param>
public sealed record DeskProposal(Desk Desk, string Hash, IReadOnlyList<string> Changes, DateTimeOffset At);
