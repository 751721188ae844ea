using System.Net;
using ActorOps.Server.Http.Connections;

namespace ActorOps.Server.Tests.Http.Connections;

public class ConnectionPoolTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");
    private readonly List<string> _closed = [];
    private readonly ConnectionPool _pool = new(new ConnectionLimits(Known: 4, PerPrincipal: 2, Strangers: 8, PerAddress: 3, Closing: 2));

    [Fact]
    public void The_oldest_stranger_of_an_address_makes_room_for_its_next_one()
    {
        Enter(One, "a", "b", "c", "d");
        Assert.Equal(["a"], _closed);
        Assert.Equal((3, 0), _pool.Counts);
    }

    [Fact]
    public void A_flood_closes_its_own_connections_and_not_those_of_others()
    {
        Enter(Two, "quiet");
        Enter(IPAddress.Loopback, [.. Enumerable.Range(0, 100).Select(i => $"flood-{i}")]);
        Assert.DoesNotContain("quiet", _closed);
        Assert.Equal((8, 0), _pool.Counts);
        Assert.DoesNotContain("flood-99", _closed);
    }

    [Fact]
    public void A_connection_that_has_shown_a_token_is_not_closed_for_strangers()
    {
        var slot = Enter(One, "known")[0];
        Assert.True(_pool.TryKnow(slot, "admin"));
        Enter(One, [.. Enumerable.Range(0, 50).Select(i => $"flood-{i}")]);
        Assert.DoesNotContain("known", _closed);
        Assert.Equal((3, 1), _pool.Counts);
    }

    [Fact]
    public void One_principal_has_its_share_and_all_of_them_have_theirs()
    {
        var slots = Enter(IPAddress.Loopback, "1", "2", "3", "4", "5", "6");
        Assert.Equal([true, true, false], slots.Take(3).Select(slot => _pool.TryKnow(slot, "desk")));
        Assert.True(_pool.TryKnow(slots[3], "a"));
        Assert.True(_pool.TryKnow(slots[4], "b"));
        Assert.False(_pool.TryKnow(slots[5], "c"));
        Assert.True(_pool.TryKnow(slots[5], "node n-2", isBounded: false));
        _pool.Leave(slots[0]);
        Assert.Equal((1, 4), _pool.Counts);
    }

    [Fact]
    public void What_has_left_is_not_counted()
    {
        foreach (var slot in Enter(One, "a", "b"))
        {
            _pool.Leave(slot);
            _pool.Leave(slot);
        }

        Assert.Equal((0, 0), _pool.Counts);
    }

    [Theory]
    [InlineData("2001:db8:1:2:3::4", "2001:db8:1:2::")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::1", "::1")]
    public void Addresses_of_one_network_are_one_origin(string address, string origin) => Assert.Equal(IPAddress.Parse(origin), ConnectionPool.OriginOf(IPAddress.Parse(address)));

    private List<ConnectionSlot> Enter(IPAddress address, params string[] names) => [.. names.Select(name => _pool.Enter(address, () => _closed.Add(name)))];
}
