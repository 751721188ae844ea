namespace ActorOps.Server.Http.Quotas;

/// <summary>An amount for each owner and hour of the clock: for what is kept for ever, such as names.</summary>
internal sealed class HourlyBudget(int mostPerHour)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private long _hour;

    /// <summary>Takes a part of the owner's hour; false when there is not so much left.</summary>
    public bool TryTake(string owner, int amount, DateTimeOffset now)
    {
        lock (_lock)
        {
            var hour = now.UtcTicks / TimeSpan.TicksPerHour;
            if (hour != _hour)
            {
                _taken.Clear();
                _hour = hour;
            }

            var taken = _taken.GetValueOrDefault(owner) + amount;
            if (taken > mostPerHour)
            {
                return false;
            }

            _taken[owner] = taken;
            return true;
        }
    }
}
