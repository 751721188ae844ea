namespace ActorOps.Kernel.Streams;

/// <summary>What one run of a stream shares: its clock, and the token that ends it.</summary>
internal sealed record StreamScope(TimeProvider Time, CancellationToken Cancellation);
