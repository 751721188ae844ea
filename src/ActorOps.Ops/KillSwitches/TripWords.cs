using System.Globalization;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What a trip is, in the words that every screen, line and log uses. A cap is called a cap: <c>SIZE CAP 50 % of normal size</c>, never <c>TRIP ACTIVE</c>.</summary>
public static class TripWords
{
    /// <summary>Such as <c>TRIP KILLED</c>, <c>SIZE CAP 0.5 % of AUM</c>, <c>RECOVERY REDUCE_ONLY</c>.</summary>
    public static string Of(Trip trip) => Of(trip.Level, trip.MaxPositionFraction, trip.SizeFactor, trip.Origin == TripOrigin.Recovery);

    /// <summary>The same of its parts.</summary>
    /// <param name="level">How far.</param>
    /// <param name="maxPositionFraction">Largest position as a share of AUM, 0 to 1; null: no cap.</param>
    /// <param name="sizeFactor">Share of the normal size, 0 to 1; null: no cap.</param>
    /// <param name="isRecovery">Whether it is a step of the way back after a reset.</param>
    public static string Of(TradingState level, double? maxPositionFraction, double? sizeFactor, bool isRecovery)
    {
        var caps = string.Join(", ", new[] { Percent(sizeFactor, "normal size"), Percent(maxPositionFraction, "AUM") }.OfType<string>());
        return level == TradingState.Active && caps.Length > 0 ? $"SIZE CAP {caps}{(isRecovery ? " (recovery)" : string.Empty)}"
            : $"{(isRecovery ? "RECOVERY" : "TRIP")} {level.ToWire()}{(caps.Length > 0 ? $", SIZE CAP {caps}" : string.Empty)}";
    }

    private static string? Percent(double? share, string of) => share is { } value ? $"{(value * 100).ToString("0.###", CultureInfo.InvariantCulture)} % of {of}" : null;
}
