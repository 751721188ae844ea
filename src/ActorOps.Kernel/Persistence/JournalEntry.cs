namespace ActorOps.Kernel.Persistence;

/// <summary>An event on its way into the journal.</summary>
/// <param name="Kind">Stable wire name with version, such as <c>kill-switch.tripped.v1</c>.</param>
/// <param name="Payload">JSON text.</param>
public sealed record JournalEntry(string Kind, string Payload);
