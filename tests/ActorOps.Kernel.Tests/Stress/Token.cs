namespace ActorOps.Kernel.Tests.Stress;

/// <summary>Makes its receiver do something at random and pass it on. A fixed number of them keeps the tree busy.</summary>
internal sealed class Token;
