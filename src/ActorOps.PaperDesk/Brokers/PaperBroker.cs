using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Brokers;

/// <summary>
/// A venue: acknowledges after a while, fills at the touch or a little worse, now and then in parts, rarely rejects. Session and behaviour
/// can be made to fail. Runs on market time with a generator of its own, so a run can be repeated.
/// </summary>
internal sealed class PaperBroker(MarketClock clock, FaultSchedule faults, int seed)
{
    private const decimal HalfSpread = 0.005m;
    private const decimal FeePerShare = 0.0035m;
    private readonly Random _random = new(seed ^ 0x5EED);
    private readonly List<PaperOrder> _working = [];
    private int _fills;

    public string Id => "paper-broker";

    public IReadOnlyList<PaperOrder> Working => _working;

    public bool IsUp => faults.Active("broker-drop", clock.Elapsed, Id, isUsual: true) is null;

    public long Calls { get; private set; }

    public long Errors { get; private set; }

    /// <summary>False when the session is down: the order never left.</summary>
    public bool Send(PaperOrder order, TimeSpan now)
    {
        Calls++;
        if (!IsUp)
        {
            Errors++;
            return false;
        }

        order.State = "pending";
        order.NextStepAt = now + Delay(12, 30);
        _working.Add(order);
        return true;
    }

    public void Cancel(PaperOrder order, TimeSpan now)
    {
        Calls++;
        order.CancelRequested = true;
        order.NextStepAt = now + Delay(5, 10);
    }

    /// <summary>What has happened up to now: changed orders and fills, in order.</summary>
    public IEnumerable<(PaperOrder Order, PaperFill? Fill)> Step(TimeSpan now, decimal price)
    {
        if (!IsUp || faults.Active("stuck-orders", clock.Elapsed, Id, isUsual: true) is not null)
        {
            yield break;
        }

        foreach (var order in _working.Where(order => order.NextStepAt <= now).ToList())
        {
            var fill = Advance(order, now, price);
            if (order.IsDone)
            {
                _working.Remove(order);
            }

            yield return (order, fill);
        }
    }

    private PaperFill? Advance(PaperOrder order, TimeSpan now, decimal price)
    {
        if (order.CancelRequested)
        {
            order.State = "canceled";
            return null;
        }

        if (order.State == "pending")
        {
            order.State = _random.NextDouble() < 0.002 ? "rejected" : "acknowledged";
            order.NextStepAt = now + Delay(10, 40);
            return null;
        }

        var part = order.Remaining;
        if (order.Fills == 0 && Math.Abs(order.Remaining) >= 20 && _random.NextDouble() < 0.2)
        {
            part = order.Remaining / 2;
            order.NextStepAt = now + Delay(10, 40);
        }

        order.Remaining -= part;
        order.Fills++;
        order.State = order.Remaining == 0 ? "filled" : "partial";
        var side = Math.Sign(part);
        var simulated = order.ArrivalPrice + (side * HalfSpread);
        var extra = Math.Round((decimal)_random.NextDouble() * HalfSpread * 0.6m, 4);
        var cost = faults.Active("slippage", clock.Elapsed, order.Strategy.Id, isUsual: true) is null ? HalfSpread + extra : (HalfSpread * 12) + extra;
        return new PaperFill($"f{++_fills}", order, part, Math.Round(order.ArrivalPrice + (side * cost), 4), simulated, Math.Round(Math.Abs(part) * FeePerShare, 2));
    }

    /// <summary>Real milliseconds, as market time.</summary>
    private TimeSpan Delay(int least, int most) => clock.Scale(TimeSpan.FromMilliseconds(least + (_random.NextDouble() * (most - least))));
}
