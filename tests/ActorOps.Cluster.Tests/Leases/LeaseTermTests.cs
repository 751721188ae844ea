using ActorOps.Cluster.Leases;

namespace ActorOps.Cluster.Tests.Leases;

public class LeaseTermTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void A_term_ends_a_fifth_before_the_stores_counted_from_the_start_of_the_attempt()
    {
        var started = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        var term = new LeaseTerm(started, TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(3.1), term.Left(_time));
        _time.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal(TimeSpan.Zero, term.Left(_time));
    }

    [Theory]
    [InlineData(1.11, 1.0)]
    [InlineData(1.0, 0.9)]
    [InlineData(1.05, 0.95)]
    public void Clocks_whose_rates_differ_by_up_to_eleven_percent_never_let_a_holder_believe_longer_than_the_store(double stores, double holders)
    {
        // The store's clock runs fast, the holder's slow: both measure from the same instant.
        var ttl = TimeSpan.FromSeconds(5);
        var storeLetsGo = ttl / stores;
        var holderLetsGo = ttl * (1 - LeaseTerm.Margin) / holders;
        Assert.True(holderLetsGo <= storeLetsGo);
    }
}
