using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Cluster.Tests.Leases;

public class NodeLeaseTests
{
    [Fact]
    public void The_first_term_counts_from_before_the_first_attempt_to_join()
    {
        var time = new VirtualTimeProvider();
        var started = time.GetTimestamp();
        time.Advance(TimeSpan.FromSeconds(3));
        using var lease = new NodeLease(new InMemoryCluster(time), new NodeKey("a", 1), TimeSpan.FromSeconds(5), started, time, NullLogger.Instance);
        Assert.True(lease.IsTrusted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(lease.IsTrusted, "the store has counted from the first attempt");
    }

    [Fact]
    public async Task A_life_that_the_store_does_not_know_is_over()
    {
        var time = new VirtualTimeProvider();
        using var lease = new NodeLease(new InMemoryCluster(time), new NodeKey("a", 1), TimeSpan.FromSeconds(5), time.GetTimestamp(), time, NullLogger.Instance);
        Assert.Null(lease.Renew());
        await Waiting.For(() => lease.Fenced.IsCancellationRequested);
        Assert.False(lease.IsTrusted);
    }
}
