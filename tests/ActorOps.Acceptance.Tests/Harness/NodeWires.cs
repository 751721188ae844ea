namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>One node's wires to the database and from its peers, each of which can be cut for a while without the node's knowing.</summary>
public sealed class NodeWires : IAsyncDisposable
{
    private readonly int _linkPort = RiskTrading.FreePort();
    private readonly TcpProxy _link;
    private readonly List<TcpProxy> _stores;

    public NodeWires(params IEnumerable<PostgresServer> stores)
    {
        _link = new TcpProxy(_linkPort);
        _stores = [.. stores.Select(store => new TcpProxy(store.Port))];
    }

    /// <summary>What makes a node go through them.</summary>
    public string[] Settings =>
    [
        $"actorops.cluster.link.port={_linkPort}", $"actorops.cluster.link.advertise=127.0.0.1:{_link.Port}",
        $"actorops.cluster.connection=Host={string.Join(',', _stores.Select(store => $"127.0.0.1:{store.Port}"))};Username=actorops;Database=cluster",
    ];

    /// <summary>Cuts some of them one way or both, and heals them after a while. What was on its way arrives late, or is lost with its connection.</summary>
    public async Task<string> CutAsync(Random random, TimeSpan duration)
    {
        var (store, link) = random.Next(3) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
        var (requests, replies) = random.Next(4) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
        var isLost = random.Next(2) == 0;
        List<TcpProxy> wires = [.. store ? _stores : [], .. link ? (IEnumerable<TcpProxy>)[_link] : []];
        wires.ForEach(wire => (wire.HoldRequests, wire.HoldReplies) = (requests, replies));
        await Task.Delay(duration);
        foreach (var wire in wires)
        {
            if (isLost)
            {
                wire.Cut();
            }

            wire.HoldRequests = wire.HoldReplies = false;
        }

        return $"{(store ? link ? "store and links" : "store" : "links")} {(requests ? replies ? "both ways" : "outward" : "inward")} {duration.TotalSeconds:0} s, {(isLost ? "lost" : "late")}";
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }
}
