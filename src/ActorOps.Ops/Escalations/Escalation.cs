namespace ActorOps.Ops.Escalations;

/// <summary>Asks the escalation tier to take note.</summary>
internal sealed record Escalation(string Target, string Path, string Severity, string? Rule, string Text);
