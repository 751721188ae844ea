using System.Collections.Concurrent;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Callers who trip the strategies of a desk that trades, bring them back, and roll back, while somebody breaks things; and what must be true afterwards.</summary>
internal sealed class RiskCallers(ClusterTrading cluster, ResetPeople people)
{
    /// <summary>A trip that reached the store closes every gate within a permit's life and the node's trust; a desk that stood still writes down what it checked before.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4.5);

    private readonly ConcurrentDictionary<Guid, AcknowledgedTrip> _trips = new();
    private readonly ConcurrentDictionary<Guid, byte> _rollbacks = new();
    private readonly List<DeskEvent> _earlier = [];
    private int _resets;

    /// <summary>Resets that were approved.</summary>
    public int Resets => _resets;

    public string Summary => $"{_trips.Count} trips of the desk's strategies, {_resets} resets, {_rollbacks.Count} rollbacks";

    /// <summary>What a desk that is over has written down.</summary>
    public void Keep(IReadOnlyList<DeskEvent> events) => _earlier.AddRange(events);

    public IEnumerable<Task> Run(int round, CancellationToken stop) => [CycleAsync("momentum", stop), CycleAsync("mean-reversion", stop), RollBackAsync(round, stop)];

    /// <summary>Every law of risk, once everything has healed.</summary>
    public async Task CheckAsync()
    {
        JournalHistory history = null!;
        var acknowledged = _trips.Keys.Concat(cluster.Acknowledged.Keys).Distinct().ToList();
        await Waiting.For(async () =>
        {
            // What began goes to its end by itself.
            using var client = cluster.Admin(0);
            var views = await client.GetAsync("api/v1/rollbacks", WireJson.Default.ItemsViewProcedureView);
            return views.Items.All(view => view.Outcome is not null) && _rollbacks.Keys.All(id => views.Items.Count >= 100 || views.Items.Any(view => view.ProcedureId == id));
        }, TimeSpan.FromSeconds(60));
        Exception? broken = null;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            // A board follows the journal within a moment; what is lost stays lost.
            var standing = (await cluster.KillSwitchAsync(0)).Trips.Select(trip => trip.TripId).ToList();
            history = await cluster.HistoryAsync();
            broken = Record.Exception(() => RiskLaws.CheckStored(history, acknowledged, standing));
            if (broken is null)
            {
                break;
            }

            await Task.Delay(500);
        }

        Assert.True(broken is null, broken?.Message);
        var orders = _earlier.Concat(cluster.Events).Where(e => e.IsIncreasingOrder).Select(e => new SentOrder(e.Text("strategy")!, e.MonotonicNs));
        foreach (var trip in _trips.Values)
        {
            if (Record.Exception(() => RiskLaws.NoOrderLeavesAfterATrip([trip], orders, Bound)) is { } late)
            {
                throw new Xunit.Sdk.XunitException($"{late.Message}\n{trip}\n{Story(trip, history)}");
            }
        }
    }

    /// <summary>What desk and journal say around a trip that was not obeyed.</summary>
    private string Story(AcknowledgedTrip trip, JournalHistory history)
    {
        var desk = _earlier.Concat(cluster.Events).Where(e => e.MonotonicNs > trip.AcknowledgedNs - 2_000_000_000 && e.MonotonicNs < trip.AcknowledgedNs + 9_000_000_000)
            .Where(e => e.Name is "gate" or "control" or "trouble" or "started" || (e.IsIncreasingOrder && e.Text("strategy") == trip.Strategy))
            .Select(e => $"{(e.MonotonicNs - trip.AcknowledgedNs) / 1_000_000,6} ms {e.Name} {e.Text("scope")}{e.Text("strategy")} {e.Text("level")}{e.Text("kind")} {e.Text("cause")}{e.Text("what")}");
        var journal = history.Rows.Where(row => row.Payload.Contains(trip.TripId.ToString(), StringComparison.Ordinal)).Select(row => $"{row.Stream}#{row.Seq} {row.Kind} {row.Payload}");
        return string.Join('\n', desk.Take(80).Concat(journal));
    }

    /// <summary>Trips, waits, asks for the way back, approves it through another node.</summary>
    private Task CycleAsync(string strategy, CancellationToken stop) => Callers.RepeatAsync(async i =>
    {
        var via = i % 3;
        using var client = cluster.Admin(via, TimeSpan.FromSeconds(4));
        var answer = await client.PostAsync("api/v1/kill-switch/trips", new TripBody($"strategy/{strategy}", "KILLED", "test"), WireJson.Default.TripBody, WireJson.Default.TripAnswer);
        var trip = new AcknowledgedTrip(answer.TripId, strategy, BootClock.Now());
        if (answer.Durable)
        {
            trip = _trips.GetOrAdd(answer.TripId, trip);
        }

        await Task.Delay(200, CancellationToken.None);
        var standing = (await client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView)).Trips.Where(known => known.Scope == $"strategy/{strategy}").Select(known => known.TripId).ToArray();
        if (standing.Length == 0)
        {
            return;
        }

        // Whatever of this strategy was acknowledged until now may be gone from here on, under its own id or another one's.
        foreach (var known in _trips.Values.Where(known => known.Strategy == strategy))
        {
            known.ClearAskedNs = Math.Min(known.ClearAskedNs, BootClock.Now());
        }

        if (await people.ApproveAsync((via + 1) % 3, await people.AskAsync(via, standing)))
        {
            Interlocked.Increment(ref _resets);
        }
    }, stop);

    private Task RollBackAsync(int round, CancellationToken stop) => Callers.RepeatAsync(async i =>
    {
        using var client = cluster.Admin(i % 3, TimeSpan.FromSeconds(8));
        var view = await client.PostAsync("api/v1/rollbacks", new RollbackBody($"symbol/rb-{round}-{i % 4}", "test"), WireJson.Default.RollbackBody, WireJson.Default.ProcedureView, $"rb-{round}-{i % 4}");
        _rollbacks.TryAdd(view.ProcedureId, 0);
        await Task.Delay(300, CancellationToken.None);
    }, stop);
}
