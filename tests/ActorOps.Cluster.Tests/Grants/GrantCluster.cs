using System.Collections.Concurrent;
using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Grants;

/// <summary>Nodes of one cluster on a virtual clock. Time passes while a test waits for something.</summary>
internal sealed class GrantCluster : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Node> _nodes = [];
    private readonly LocalDoorbell _doorbell = new();
    private readonly Func<string, IReadOnlyList<string>> _grants;
    private readonly bool _sticky;

    public GrantCluster(bool sticky, params string[] grants)
    {
        (_sticky, _grants) = (sticky, _ => grants);
        Store = new InMemoryCluster(Time);
    }

    public VirtualTimeProvider Time { get; } = new();

    public InMemoryCluster Store { get; }

    /// <summary>Tokens whose work runs now, by node. Work of a node counts until its code has returned.</summary>
    public ConcurrentDictionary<(string Node, FencingToken Token), bool> Working { get; } = [];

    /// <summary>How often work fails at its start before it succeeds.</summary>
    public int Failures { get; set; }

    /// <summary>Every run of any work, in order.</summary>
    public ConcurrentQueue<FencingToken> Runs { get; } = [];

    public IReadOnlyList<string> ActiveOn(string node) => _nodes.TryGetValue(node, out var found) ? found.Host.Active : [];

    public ClusterNode this[string node] => _nodes[node].Cluster;

    public async Task StartAsync(string name, string region = "eu", double weight = 1)
    {
        var options = new ClusterNodeOptions { Node = name, Cluster = "test", Description = new NodeDescription(region, [], "x", "0", 1, 1, weight), Ttl = Views.Ttl };
        var node = await ClusterNode.JoinAsync(options, Store, _doorbell, Time, NullLogger.Instance);
        var specs = _grants(name).Select(grant => new GrantSpec(grant, (token, cancellation) => WorkAsync(name, token, cancellation)) { Region = "eu", IsSticky = _sticky }).ToList();
        var host = new GrantHost(specs, Store, node.Lease, _doorbell, Time, NullLogger.Instance, new GrantHostOptions { Settle = TimeSpan.FromSeconds(3) });
        node.Follow(host.FollowAsync);
        await node.StartAsync();
        _nodes[name] = new Node(node, host);
    }

    /// <summary>Lets time pass until it is so.</summary>
    public Task UntilAsync(Func<bool> condition) => Waiting.For(() =>
    {
        if (condition())
        {
            return true;
        }

        Time.Advance(TimeSpan.FromMilliseconds(50));
        return false;
    });

    public async Task PassAsync(TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        await UntilAsync(() => Time.GetUtcNow() >= end);
    }

    public Task<bool> LeaveAsync(string name) => _nodes[name].Cluster.LeaveAsync(() => _nodes[name].Host.HandOverAsync(_nodes[name].Cluster.View));

    /// <summary>The process dies: it renews no more and stops nothing.</summary>
    public async Task KillAsync(string name)
    {
        _nodes.Remove(name, out var node);
        await node!.Cluster.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.Cluster.DisposeAsync();
            await node.Host.DisposeAsync();
        }
    }

    private async Task WorkAsync(string node, FencingToken token, CancellationToken cancellation)
    {
        Runs.Enqueue(token);
        if (Failures-- > 0)
        {
            throw new InvalidOperationException("asked to fail");
        }

        Working[(node, token)] = true;
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Working.TryRemove((node, token), out _);
    }

    private sealed record Node(ClusterNode Cluster, GrantHost Host);
}
