using System.Collections.Concurrent;

namespace ActorOps.Ops.Escalations;

/// <summary>The newest escalations of all regions, in memory: readable while the store is not.</summary>
public sealed class EscalationBoard
{
    private readonly ConcurrentDictionary<string, RecentEscalations> _regions = new(StringComparer.Ordinal);

    /// <summary>The newest hundred of each region, newest last.</summary>
    public IReadOnlyList<EscalationEvent.Raised> Items => [.. _regions.Values.SelectMany(recent => recent.Items).OrderBy(item => item.EscalationId)];

    internal void Replace(string region, RecentEscalations recent) => _regions[region] = recent;
}
