using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Holds of targets that were handed to another node stay in force here until that node has supervised them for a while and would have said so itself:
/// a move must not lift what it finds.
/// </summary>
internal sealed class HandedHolds(SupervisorServices services)
{
    private const long OverlapMs = 3000;
    private readonly Dictionary<TargetId, (string Shard, string LostCause, long SinceMs)> _handed = [];

    public void Add(TargetId target, string shard, string lostCause, long nowMs) => _handed[target] = (shard, lostCause, nowMs);

    public void Remove(TargetId target) => _handed.Remove(target);

    public void Evaluate(long nowMs)
    {
        foreach (var (target, (shard, lostCause, since)) in _handed.ToList())
        {
            if (services.Peers.OwnerOf(shard) is not { IsHere: false } owner || services.Reports.SilenceOf(owner.Node) is not { TotalSeconds: < 2 })
            {
                // The clock of the overlap starts when somebody else has it and is heard.
                _handed[target] = (shard, lostCause, nowMs);
            }
            else if (nowMs - since >= OverlapMs)
            {
                _handed.Remove(target);
                services.Board.LiftAll(target.ToString());
                services.Board.LiftAll(lostCause);
            }
        }
    }
}
