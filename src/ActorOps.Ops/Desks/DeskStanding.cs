namespace ActorOps.Ops.Desks;

/// <summary>What a registration is measured against besides the desk before it.</summary>
/// <param name="Aums">What every AUM was.</param>
/// <param name="Now">The moment.</param>
/// <param name="IsFixed">The configuration names the desk, and it is not the configuration that asks.</param>
/// <param name="IsTripped">A trip stands on a strategy, account or broker of the desk.</param>
internal sealed record DeskStanding(AumHistory Aums, DateTimeOffset Now, bool IsFixed, bool IsTripped);
