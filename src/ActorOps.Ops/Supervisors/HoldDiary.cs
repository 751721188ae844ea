using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Supervisors;

/// <summary>What has begun and ended among a node's own holds since the last look, as events.</summary>
internal sealed class HoldDiary
{
    /// <summary>A hold that is older when it is first seen was taken over from another node, which has recorded its beginning.</summary>
    private static readonly TimeSpan New = TimeSpan.FromSeconds(3);
    private Dictionary<(Scope Scope, string Cause), HeldScope> _last = [];

    /// <summary>Events with the cause of their hold, the ended ones first. A hold whose level changes begins again.</summary>
    public IReadOnlyList<(string Cause, SupervisionEvent Event)> Compare(IEnumerable<HeldScope> holds, DateTimeOffset now)
    {
        var current = holds.Where(hold => !hold.Cause.StartsWith(SupervisionWatch.CausePrefix, StringComparison.Ordinal)).ToDictionary(hold => (hold.Scope, hold.Cause));
        var events = new List<(string, SupervisionEvent)>();
        foreach (var (key, ended) in _last.Where(known => !current.ContainsKey(known.Key)))
        {
            events.Add((key.Cause, new SupervisionEvent.HoldEnded(ended.Scope.ToString(), ended.Cause, ended.Level.ToWire(), ended.Since ?? now, now)));
        }

        foreach (var (key, began) in current)
        {
            var isKnown = _last.TryGetValue(key, out var before);
            if (isKnown ? before!.Level != began.Level : began.Since is not { } since || now - since < New)
            {
                events.Add((key.Cause, new SupervisionEvent.HoldBegan(began.Scope.ToString(), began.Cause, began.Level.ToWire(), began.Why ?? began.Cause, began.Since ?? now)));
            }
        }

        _last = current;
        return events;
    }
}
