namespace ActorOps.Kernel.Persistence;

/// <summary>Proof of the right to write: the store refuses a token whose epoch is not the grant's current one.</summary>
/// <param name="Grant">Name of the singleton or shard.</param>
/// <param name="Epoch">Store generation &lt;&lt; 32 | grant epoch; only grows.</param>
public sealed record FencingToken(string Grant, long Epoch);
