namespace ActorOps.Ops.Signals;

/// <summary>Why a line was not accepted.</summary>
/// <param name="Line">Number of the line in its batch, from 1.</param>
/// <param name="Code">Stable code, such as <c>unknown-target</c>.</param>
/// <param name="Detail">What was found and what was expected.</param>
public sealed record SignalError(long Line, string Code, string Detail);
