using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Cluster.Links;
using ActorOps.Ops.Desks;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Clustering;

/// <summary>
/// Every supervisor and connected desk of the cluster, asked for when somebody looks: each node answers for its own. A target whose node does not answer in time, or that
/// no node supervises, is listed as Unknown with that reason.
/// </summary>
internal sealed class SupervisorDirectory(NodeServices services)
{
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(300);
    private readonly ConcurrentDictionary<(string Kind, string Id), DateTimeOffset> _lastKnown = new();
    private volatile Tuple<long, IReadOnlyList<SupervisorView>>? _latest;

    /// <summary>Once a second: who was known when, to date the moment from which no node answers.</summary>
    public void Remember()
    {
        foreach (var summary in services.Ops.Supervisors.All)
        {
            _lastKnown[(summary.Target.Kind.ToWire(), summary.Target.Id)] = services.Now;
        }
    }

    /// <summary>All of them, by kind and id.</summary>
    public async Task<IReadOnlyList<SupervisorView>> ReadAsync(CancellationToken cancellation)
    {
        var time = services.System.TimeProvider;
        if (_latest is { } latest && time.GetElapsedTime(latest.Item1) < Fresh)
        {
            return latest.Item2;
        }

        var started = time.GetTimestamp();
        var others = await Task.WhenAll(services.Cluster.Links.Links.Select(link => AskAsync(link, cancellation))).ConfigureAwait(false);
        var known = others.SelectMany(views => views).Concat(Here()).DistinctBy(view => (view.Kind, view.Id)).ToDictionary(view => (view.Kind, view.Id));
        foreach (var key in known.Keys)
        {
            _lastKnown[key] = services.Now;
        }

        var missing = services.Ops.Targets.Where(target => !known.ContainsKey((target.Id.Kind.ToWire(), target.Id.Id))).Select(target => Missing(target.Id, target.Desk, target.Shard));
        IReadOnlyList<SupervisorView> all = [.. known.Values.Concat(missing).OrderBy(view => view.Kind, StringComparer.Ordinal).ThenBy(view => view.Id, StringComparer.Ordinal)];
        _latest = Tuple.Create(started, all);
        return all;
    }

    /// <summary>Desks that are connected to any node that answers.</summary>
    public async Task<IReadOnlySet<string>> ReadDesksAsync(CancellationToken cancellation)
    {
        var others = await Task.WhenAll(services.Cluster.Links.Links.Select(async link =>
        {
            try
            {
                return Encoding.UTF8.GetString((await link.CallAsync("desks", default, Within, cancellation).ConfigureAwait(false)).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
            catch (LinkException)
            {
                return [];
            }
        })).ConfigureAwait(false);
        return others.SelectMany(desks => desks).Concat(DesksHere()).ToHashSet();
    }

    /// <summary>Desks that are connected to this node.</summary>
    public IEnumerable<string> DesksHere() => services.Ops.Gates.Sessions.Select(session => session.Desk).Distinct();

    /// <summary>Those of this node.</summary>
    public IReadOnlyList<SupervisorView> Here() => [.. services.Ops.Supervisors.All.Select(summary => Views.Of(summary, services))];

    private static async Task<IReadOnlyList<SupervisorView>> AskAsync(PeerLink link, CancellationToken cancellation)
    {
        try
        {
            var answer = await link.CallAsync("supervisors", default, Within, cancellation).ConfigureAwait(false);
            return JsonSerializer.Deserialize(answer.Span, WireJson.Default.ItemsViewSupervisorView)?.Items ?? [];
        }
        catch (Exception failure) when (failure is LinkException or JsonException)
        {
            return [];
        }
    }

    private SupervisorView Missing(TargetId target, string desk, string shard)
    {
        var owner = services.Cluster.Peers.OwnerOf(shard);
        var region = services.Ops.Registry.Find(desk)?.Region ?? "unknown";
        var why = owner is null ? $"no node supervises it: {shard} is free" : owner.IsHere ? services.Cluster.TrustEndedAgo is null ? "its supervisor is starting" : "its supervisor has stopped, because this node is not trusted" : $"{owner.Node}, which supervises it, does not answer";
        return new SupervisorView(target.Kind.ToWire(), target.Id, "Unknown", [new ReasonView("supervisor", null, null, 0) { Level = "Unknown", Note = why, Text = why }], null, owner?.Node ?? string.Empty, $"/engineering/admin/operator-{region}/{target.Kind.Folder()}/{target.Id}") { UnknownSince = _lastKnown.TryGetValue((target.Kind.ToWire(), target.Id), out var since) ? since : null };
    }
}
