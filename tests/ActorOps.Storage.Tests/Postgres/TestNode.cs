using System.Collections.Concurrent;
using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Scheduling;
using ActorOps.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Postgres;

/// <summary>A node on a real database, with one singleton that writes as fast as it can and notes what it was told.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly PostgresStore _store;
    private readonly ClusterNode _node;
    private readonly GrantHost _host;

    private TestNode(PostgresStore store, ClusterNode node, GrantHost host) => (_store, _node, _host) = (store, node, host);

    public ClusterNode Node => _node;

    public bool IsActive => _host.Active.Count > 0;

    public static async Task<TestNode> StartAsync(string connection, string name, History history, string region = "eu")
    {
        var time = BootTimeProvider.Instance;
        var store = await TestStores.OpenAsNodeAsync(connection, time);
        var options = new ClusterNodeOptions
        {
            Node = name,
            Cluster = "test",
            Description = new NodeDescription(region, ["control"], "http://127.0.0.1:1", "0", 1, 1),
            Ttl = TimeSpan.FromSeconds(3),
            RenewEvery = TimeSpan.FromMilliseconds(500),
        };
        var node = await JoinAsync(options, store, time);
        var spec = new GrantSpec("writer", (token, cancellation) => history.WriteAsync(name, node, store.Journal, token, cancellation)) { Role = "control", Region = "eu" };
        var host = new GrantHost([spec], store.Leases, node.Lease, store.Doorbell, time, NullLogger.Instance);
        node.Follow(host.FollowAsync);
        await node.StartAsync();
        return new TestNode(store, node, host);
    }

    /// <summary>As the product does it: a join that had no answer is made again.</summary>
    private static async Task<ClusterNode> JoinAsync(ClusterNodeOptions options, PostgresStore store, TimeProvider time)
    {
        var session = JoinSession.Begin(time);
        ClusterNode? node = null;
        await Waiting.For(async () =>
        {
            try
            {
                node = await ClusterNode.JoinAsync(options, store.Membership, store.Doorbell, time, NullLogger.Instance, session);
                return true;
            }
            catch (JournalUnavailableException)
            {
                return false;
            }
        });
        return node!;
    }

    public Task<bool> LeaveAsync() => _node.LeaveAsync(() => _host.HandOverAsync(_node.View));

    /// <summary>As if the process had died: nothing is handed over, nothing is given back.</summary>
    public async Task KillAsync()
    {
        await _node.DisposeAsync();
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    public ValueTask DisposeAsync() => new(KillAsync());

    /// <summary>Everything that was told to be stored, by whom and under which epoch.</summary>
    internal sealed class History
    {
        public ConcurrentQueue<(string Node, long Epoch, long Sequence)> Acknowledged { get; } = new();

        public ConcurrentQueue<(string Node, long Epoch)> Starts { get; } = new();

        public async Task WriteAsync(string name, ClusterNode node, IJournal journal, FencingToken token, CancellationToken cancellation)
        {
            Starts.Enqueue((name, token.Epoch));
            long sequence = 0;
            await foreach (var record in journal.ReadStreamAsync("writer", 1, cancellation))
            {
                sequence = record.SequenceNumber;
            }

            while (!cancellation.IsCancellationRequested && node.Lease.IsTrusted)
            {
                var result = await journal.AppendAsync(new AppendRequest("writer", sequence, token, Guid.CreateVersion7(), [new JournalEntry("w.v1", "{}")]), cancellation);
                if (result is not AppendResult.Appended stored)
                {
                    return;
                }

                Acknowledged.Enqueue((name, token.Epoch, sequence = stored.LastSequenceNumber));
                await Task.Delay(1, cancellation);
            }
        }

        /// <summary>One writer at a time, by epochs that grow; nothing acknowledged is missing; no gap; the chain holds.</summary>
        public async Task CheckAsync(PostgresStore store)
        {
            var records = new List<JournalRecord>();
            await foreach (var record in store.Journal.ReadStreamAsync("writer", 1))
            {
                records.Add(record);
            }

            Assert.Equal(Enumerable.Range(1, records.Count).Select(n => (long)n), records.Select(record => record.SequenceNumber));
            Assert.Equal(records.Select(record => record.Epoch).Order(), records.Select(record => record.Epoch));
            Assert.Equal(records.Count, records.Select(record => record.CommandId).Distinct().Count());
            Assert.Null(await store.Journal.VerifyChainAsync("writer"));
            var starts = Starts.ToList();
            Assert.All(starts.GroupBy(start => start.Epoch), epoch => Assert.Single(epoch.Select(start => start.Node).Distinct()));
            Assert.All(Acknowledged, told => Assert.True(told.Sequence <= records.Count && told.Epoch == records[(int)told.Sequence - 1].Epoch, $"{told} was acknowledged and is not there"));
        }
    }
}
