namespace ActorOps.Kernel.Persistence;

/// <summary>A message to the outside.</summary>
/// <param name="Id">Unique; receivers drop repeats by it.</param>
/// <param name="Destination">Where it goes, such as <c>desk/paper</c>.</param>
/// <param name="Payload">JSON text.</param>
public sealed record OutboxMessage(Guid Id, string Destination, string Payload);
