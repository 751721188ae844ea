using System.Text;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Signals;

public class SignalForwarderTests
{
    private static readonly SignalSender Sender = new("d", 1, null, null);
    private readonly VirtualTimeProvider _time = new();
    private readonly ForwardingPeers _peers = new();
    private readonly List<string> _lost = [];
    private readonly SignalForwarder _forwarder;

    public SignalForwarderTests() => _forwarder = new SignalForwarder(_peers, _time, _lost.Add, NullLogger.Instance);

    [Fact]
    public async Task Lines_go_to_the_owner_at_once()
    {
        await _forwarder.SendAsync([Parcel("one")]);
        Assert.Equal(["one"], _peers.Texts);
    }

    [Fact]
    public async Task Lines_of_a_shard_that_moves_wait_for_its_next_owner_in_their_order()
    {
        _peers.Owner = null;
        var buffer = Encoding.UTF8.GetBytes("one");
        await _forwarder.SendAsync([new SignalParcel("s", Sender, buffer)]);
        buffer[0] = (byte)'X';
        await _forwarder.SendAsync([Parcel("two")]);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Empty(_peers.Texts);
        _peers.Owner = new ShardOwner("b", false);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], _peers.Texts);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task What_comes_while_older_lines_of_its_desk_wait_does_not_overtake_them()
    {
        _peers.Owner = null;
        await _forwarder.SendAsync([Parcel("one")]);
        Assert.Equal((true, false, false), (_forwarder.HasBacklog("s", "d"), _forwarder.HasBacklog("s", "other"), _forwarder.HasBacklog("t", "d")));
        _peers.Owner = new ShardOwner("b", false);
        await _forwarder.SendAsync([Parcel("two"), Parcel("of another shard") with { Shard = "t" }]);
        await _forwarder.SendAsync([Parcel("of another desk") with { Sender = Sender with { Desk = "other" } }]);
        Assert.Equal(["of another shard", "of another desk"], _peers.Texts);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], _peers.Texts.Skip(2));
        Assert.False(_forwarder.HasBacklog("s", "d"));
        await _forwarder.SendAsync([Parcel("three")]);
        Assert.Equal("three", _peers.Texts.Last());
    }

    [Fact]
    public async Task A_desk_waits_for_the_lines_ahead_of_it_once_somebody_takes_them()
    {
        await OneAndTwoWaitAsync();
        var gates = new[] { _peers.Hold("two"), _peers.Hold("three") };
        var retry = _forwarder.RetryAsync(CancellationToken.None);
        await gates[0].Reached;
        var three = _forwarder.SendAsync([Parcel("three")]);
        gates[0].Open();
        await gates[1].Reached;
        Assert.False(three.IsCompleted);
        gates[1].Open();
        await three;
        await retry;
        Assert.Equal(["one", "two", "three"], _peers.Texts);
    }

    [Fact]
    public async Task A_desk_does_not_wait_for_a_shard_that_has_lost_its_node_again()
    {
        await OneAndTwoWaitAsync();
        var gate = _peers.Hold("two");
        var retry = _forwarder.RetryAsync(CancellationToken.None);
        await gate.Reached;
        var three = _forwarder.SendAsync([Parcel("three")]);
        _peers.Owner = null;
        gate.Open();
        await three;
        await retry;
        Assert.Equal(["one"], _peers.Texts);
        _peers.Owner = new ShardOwner("c", false);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["one", "two", "three"], _peers.Texts);
    }

    [Fact]
    public async Task What_nobody_takes_in_time_is_a_gap_of_its_desk()
    {
        _peers.Accepts = false;
        await _forwarder.SendAsync([Parcel("one")]);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Empty(_lost);
        _time.Advance(TimeSpan.FromSeconds(6));
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["d"], _lost);
        _peers.Accepts = true;
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Empty(_peers.Texts);
    }

    [Fact]
    public async Task Waiting_lines_take_a_bounded_amount_of_memory()
    {
        _peers.Owner = null;
        var large = new SignalParcel("s", Sender, new byte[10 * 1024 * 1024]);
        await _forwarder.SendAsync([large]);
        Assert.Empty(_lost);
        await _forwarder.SendAsync([large]);
        Assert.Equal(["d"], _lost);
    }

    /// <summary>Two parcels wait for a shard that has a node again.</summary>
    private async Task OneAndTwoWaitAsync()
    {
        _peers.Owner = null;
        await _forwarder.SendAsync([Parcel("one")]);
        await _forwarder.SendAsync([Parcel("two")]);
        _peers.Owner = new ShardOwner("b", false);
    }

    private static SignalParcel Parcel(string text) => new("s", Sender, Encoding.UTF8.GetBytes(text));
}
