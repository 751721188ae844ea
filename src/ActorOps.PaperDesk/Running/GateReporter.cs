using ActorOps.Client.Gates;

namespace ActorOps.PaperDesk.Running;

/// <summary>Writes a line whenever a strategy's gate opens or closes, permit included.</summary>
internal sealed class GateReporter(DeskState state, TradingGate gate)
{
    private readonly Dictionary<string, (TradingLevel Level, string Cause)> _last = [];

    public void Report()
    {
        lock (state.Sending)
        {
            foreach (var strategy in state.Strategies)
            {
                var route = gate.Route(strategy.Id, "SPY");
                strategy.Route = route;
                var live = gate.HasPermit;
                var level = live || route.Level > TradingLevel.ReduceOnly ? route.Level : route.HaltsOnIsolation ? TradingLevel.CancelOnly : TradingLevel.ReduceOnly;
                var cause = live ? string.Join(',', gate.Trips.Where(trip => route.Scopes.Contains(trip.Scope)).Select(trip => trip.TripId)) : "no-permit";
                if (_last.TryGetValue(strategy.Id, out var last) && last == (level, cause))
                {
                    continue;
                }

                _last[strategy.Id] = (level, cause);
                state.Log.Write(
                    "gate",
                    $"gate {strategy.Id}: {level.ToWire()}{(cause.Length == 0 ? string.Empty : live ? $" (trip {cause})" : " (no permit)")}",
                    ("scope", $"strategy/{strategy.Id}"),
                    ("level", level.ToWire()),
                    ("cause", cause),
                    ("permitEndsNs", gate.Deadline));
            }
        }
    }
}
