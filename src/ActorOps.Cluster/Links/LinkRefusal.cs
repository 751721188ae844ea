namespace ActorOps.Cluster.Links;

/// <summary>A frame that the other node did not take.</summary>
/// <param name="Index">Which of the batch, from 0.</param>
/// <param name="Code">Why.</param>
/// <param name="Why">The same for people.</param>
public sealed record LinkRefusal(int Index, string Code, string Why);
