using System.Globalization;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>A trip in words: what it does, where, who raised it and why. One text for terminal, page, log and messages.</summary>
public static class TripText
{
    /// <summary>What it does: a level, <c>SIZE CAP 50 %</c> or <c>SIZE CAP 0.5 %</c>. A cap is never called by the level that it stands at.</summary>
    public static string Word(Trip trip) => Word(trip.Level, trip.MaxPositionFraction, trip.SizeFactor);

    /// <summary>The same of a request.</summary>
    public static string Word(TripRequest request) => Word(request.Level, request.MaxPositionFraction, request.SizeFactor);

    /// <summary>The same of its parts.</summary>
    public static string Word(TradingState level, double? maxPositionFraction, double? sizeFactor) =>
        level != TradingState.Active ? level.ToWire() : $"SIZE CAP {Percent(maxPositionFraction ?? sizeFactor ?? 1)}";

    /// <summary>With what it is a share of: <c>SIZE CAP 50 % of the normal size</c>, <c>SIZE CAP 0.5 % of AUM a position</c>; a level stands for itself.</summary>
    public static string Effect(Trip trip) => trip.Level != TradingState.Active ? trip.Level.ToWire()
        : Word(trip) + (trip.MaxPositionFraction is not null ? " of AUM a position" : " of the normal size");

    /// <summary>One line: effect, scope, who, why, id.</summary>
    public static string Line(Trip trip) =>
        $"{(trip.Level == TradingState.Active ? string.Empty : "TRIP ")}{Effect(trip)} {trip.Scope} by {trip.Principal} ({trip.Source}){(trip.Reason.Length > 0 ? $": {trip.Reason}" : string.Empty)} ({trip.TripId})";

    private static string Percent(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
