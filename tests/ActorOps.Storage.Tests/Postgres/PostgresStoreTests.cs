namespace ActorOps.Storage.Tests.Postgres;

/// <summary>Nodes, leases, grants and the journal together: what the store holds afterwards is the judge.</summary>
[Collection(PostgresSuite.Name)]
[Trait("Needs", "Postgres")]
public sealed class PostgresStoreTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_singleton_survives_death_and_leaving_of_its_nodes_and_its_journal_shows_one_writer_at_a_time()
    {
        var connection = await postgres.NewDatabaseAsync();
        var history = new TestNode.History();
        var nodes = new List<TestNode>();
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            nodes.Add(await TestNode.StartAsync(connection, name, history));
        }

        for (var round = 0; round < 3; round++)
        {
            await Waiting.For(() => nodes.Exists(node => node.IsActive) && history.Acknowledged.Count > 20 * (round + 1), TimeSpan.FromSeconds(30));
            var active = nodes.Single(node => node.IsActive);
            nodes.Remove(active);
            if (round == 1)
            {
                Assert.True(await active.LeaveAsync());
            }

            await active.KillAsync();
        }

        await Waiting.For(() => nodes[0].IsActive && history.Starts.Count >= 4, TimeSpan.FromSeconds(30));
        await using var store = await TestStores.OpenAsync(connection);
        await nodes[0].KillAsync();
        await history.CheckAsync(store);
    }

    [Fact]
    public async Task Who_rings_and_leaves_at_once_is_heard()
    {
        var connection = await postgres.NewDatabaseAsync();
        await using var listener = await TestStores.OpenAsync(connection);
        await using (var first = await TestStores.OpenAsync(connection))
        {
            var listens = listener.Doorbell.WaitAsync(CancellationToken.None);
            await Waiting.For(() =>
            {
                first.Doorbell.Ring();
                return listens.IsCompleted;
            });
        }

        for (var i = 0; i < 5; i++)
        {
            var ringer = await TestStores.OpenAsync(connection);
            var heard = listener.Doorbell.WaitAsync(CancellationToken.None);
            ringer.Doorbell.Ring();
            await ringer.DisposeAsync();
            await heard.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task A_node_that_was_declared_dead_learns_it_and_its_singleton_stops()
    {
        var connection = await postgres.NewDatabaseAsync();
        var history = new TestNode.History();
        await using var node = await TestNode.StartAsync(connection, "a", history);
        await Waiting.For(() => history.Acknowledged.Count > 5, TimeSpan.FromSeconds(30));
        await using var store = await TestStores.OpenAsync(connection);
        await store.Membership.EvictAsync(node.Node.Lease.Key, 0, proven: true);
        await Waiting.For(() => node.Node.Lease.Fenced.IsCancellationRequested && !node.IsActive, TimeSpan.FromSeconds(30));
        Assert.False(node.Node.Lease.IsTrusted);
        await history.CheckAsync(store);
    }
}
