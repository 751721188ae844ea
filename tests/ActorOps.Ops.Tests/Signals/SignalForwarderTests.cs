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
        await _forwarder.SendAsync([Parcel("one")], CancellationToken.None);
        Assert.Equal(["one"], _peers.Texts);
    }

    [Fact]
    public async Task Lines_of_a_shard_that_moves_wait_for_its_next_owner_in_their_order()
    {
        _peers.Owner = null;
        var buffer = Encoding.UTF8.GetBytes("one");
        await _forwarder.SendAsync([new SignalParcel("s", Sender, buffer)], CancellationToken.None);
        buffer[0] = (byte)'X';
        await _forwarder.SendAsync([Parcel("two")], CancellationToken.None);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Empty(_peers.Texts);
        _peers.Owner = new ShardOwner("b", false);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], _peers.Texts);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task What_nobody_takes_in_time_is_a_gap_of_its_desk()
    {
        _peers.Accepts = false;
        await _forwarder.SendAsync([Parcel("one")], CancellationToken.None);
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
        await _forwarder.SendAsync([large], CancellationToken.None);
        Assert.Empty(_lost);
        await _forwarder.SendAsync([large], CancellationToken.None);
        Assert.Equal(["d"], _lost);
    }

    private static SignalParcel Parcel(string text) => new("s", Sender, Encoding.UTF8.GetBytes(text));
}
