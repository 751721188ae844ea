using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.TestKit.Conformance;

namespace ActorOps.Cluster.Tests.Membership;

/// <summary>The stand-in that the other tests use keeps the engines' promises.</summary>
public sealed class MembershipTableTests : ClusterConformance
{
    private readonly VirtualTimeProvider _time = new();

    protected override string ClusterName => "test";

    protected override Task<(IMembershipTable Members, ILeaseStore Leases, IJournal Journal)> OpenAsync()
    {
        var cluster = new InMemoryCluster(_time);
        return Task.FromResult<(IMembershipTable, ILeaseStore, IJournal)>((cluster, cluster, new FencedJournal(cluster, new InMemoryJournal(_time))));
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>Checks the grants before each append, as the engines do in one transaction.</summary>
    private sealed class FencedJournal(InMemoryCluster cluster, InMemoryJournal inner) : IJournal
    {
        public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default) => cluster.IsGood(request.Token!)
            ? await inner.AppendAsync(request with { Token = null }, cancellation)
            : new AppendResult.Fenced((await ((ILeaseStore)cluster).ReadAsync(cancellation)).First(grant => grant.Name == request.Token!.Grant).Epoch);

        public IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default) => inner.ReadStreamAsync(stream, fromSequenceNumber, cancellation);

        public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => inner.ReadFeedAsync(afterCursor, limit, cancellation);

        public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => inner.ReadFeedEndAsync(cancellation);

        public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => inner.VerifyChainAsync(stream, cancellation);
    }
}
