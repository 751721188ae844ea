using System.Collections.Concurrent;
using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Supervisors;

/// <summary>Latest summaries of all supervisors of this node. A copy for readers; the supervisors are the truth.</summary>
public sealed class SupervisorBoard
{
    private readonly ConcurrentDictionary<TargetId, SupervisorSummary> _summaries = new();

    /// <summary>Every summary, by kind and id.</summary>
    public IEnumerable<SupervisorSummary> All => _summaries.Values.OrderBy(summary => summary.Target.Kind).ThenBy(summary => summary.Target.Id, StringComparer.Ordinal);

    /// <summary>The summary of a target, or null.</summary>
    public SupervisorSummary? Find(TargetId target) => _summaries.GetValueOrDefault(target);

    internal void Put(SupervisorSummary summary) => _summaries[summary.Target] = summary;

    internal void Remove(TargetId target) => _summaries.TryRemove(target, out _);
}
