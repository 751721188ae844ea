namespace ActorOps.Ops.Gates;

/// <summary>One server-sent event.</summary>
/// <param name="Name">permit, state or control.</param>
/// <param name="Json">Its data.</param>
public sealed record GateEvent(string Name, string Json);
