namespace ActorOps.Kernel.Supervision;

/// <summary>
/// Restarts of a whole system: a burst at once, then a steady rate. What asks past it waits for its turn. Each level of a tree multiplies the
/// restarts that the level below may ask for; this is what keeps their sum bounded whatever the shape of the tree.
/// </summary>
internal sealed class RestartBudget(int burst, int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _owed;
    private long _paidUntil = time.GetTimestamp();

    /// <summary>Takes one restart out of the budget and says how long to wait for it.</summary>
    public TimeSpan Reserve()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _owed = Math.Max(0, _owed - (time.GetElapsedTime(_paidUntil, now).TotalSeconds * perSecond));
            _paidUntil = now;
            _owed++;
            return _owed <= burst ? TimeSpan.Zero : TimeSpan.FromSeconds((_owed - burst) / perSecond);
        }
    }
}
