namespace ActorOps.Cli.Killing;

/// <summary>What a node answered to a trip.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">JSON text.</param>
/// <param name="Instance">Which node it is; null where the answer does not say.</param>
internal sealed record TripReply(int Status, string Body, string? Instance);
