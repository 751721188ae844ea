using System.Globalization;

namespace ActorOps.Ops.Signals;

/// <summary>What a number of a field may be, both ends included.</summary>
/// <param name="Least">Smallest.</param>
/// <param name="Most">Largest.</param>
/// <param name="Unit">Its unit, in words.</param>
internal readonly record struct SignalBound(double Least, double Most, string Unit)
{
    /// <inheritdoc/>
    public override string ToString() => $"from {Text(Least)} to {Text(Most)} ({Unit})";

    /// <summary>A bound as a person writes it, such as <c>1e13</c>.</summary>
    public static string Text(double bound) => bound.ToString(Math.Abs(bound) < 1e9 ? "R" : "0.###e0", CultureInfo.InvariantCulture);
}
