namespace ActorOps.PaperDesk.Faults;

/// <summary>Faults of the command line and those added while running, 100 at most.</summary>
internal sealed class FaultSchedule(IEnumerable<Fault> faults)
{
    private const int Most = 100;
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [.. faults];

    /// <summary>Adds one; those that are over make room. False: too many are still to come.</summary>
    public bool TryAdd(Fault fault, TimeSpan now)
    {
        lock (_lock)
        {
            _faults.RemoveAll(known => known.Start + known.Duration <= now);
            if (_faults.Count >= Most)
            {
                return false;
            }

            _faults.Add(fault);
            return true;
        }
    }

    /// <summary>The active fault of a name that hits this target (a fault without target hits the usual one; <c>both</c> and <c>all</c> hit any).</summary>
    public Fault? Active(string name, TimeSpan now, string target, bool isUsual)
    {
        lock (_lock)
        {
            return _faults.Find(fault => fault.Name == name && fault.IsActive(now) && (fault.Target == target || fault.Target is "both" or "all" || (fault.Target is null && isUsual)));
        }
    }
}
