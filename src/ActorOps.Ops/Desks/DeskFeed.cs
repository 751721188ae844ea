namespace ActorOps.Ops.Desks;

/// <summary>A feed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Backup">Feed to switch to when it fails, if there is one.</param>
public sealed record DeskFeed(string Id, string? Backup = null);
