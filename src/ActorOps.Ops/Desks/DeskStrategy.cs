namespace ActorOps.Ops.Desks;

/// <summary>A strategy.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Account it trades in.</param>
/// <param name="Feed">Feed it trades on.</param>
/// <param name="Aum">Base of its percentage limits, above 0.</param>
/// <param name="Model">Its model, if it has one.</param>
public sealed record DeskStrategy(string Id, string Account, string Feed, decimal Aum, string? Model = null);
