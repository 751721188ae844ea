namespace ActorOps.PaperDesk.Faults;

/// <summary>Faults of the command line and those added while running.</summary>
internal sealed class FaultSchedule(IEnumerable<Fault> faults)
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [.. faults];

    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
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
