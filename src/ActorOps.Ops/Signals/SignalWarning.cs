namespace ActorOps.Ops.Signals;

/// <summary>A field that was refused on its own; the rest of its line counts.</summary>
/// <param name="Line">Number of the line in its batch, from 1.</param>
/// <param name="Field">Name of the field.</param>
/// <param name="Code">Stable code, such as <c>bad-value</c>.</param>
/// <param name="Detail">What was found and what was expected.</param>
public sealed record SignalWarning(long Line, string Field, string Code, string Detail);
