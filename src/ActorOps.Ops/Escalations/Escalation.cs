namespace ActorOps.Ops.Escalations;

/// <summary>Asks the escalation tier to take note.</summary>
internal sealed record Escalation(string Target, string Path, string Severity, string? Rule, string Text)
{
    /// <summary>Given once, when it sets out: however often it arrives, it is stored once.</summary>
    public Guid Id { get; init; }
}
