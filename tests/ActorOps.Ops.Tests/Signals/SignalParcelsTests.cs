using ActorOps.Ops.Peers;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Signals;

public class SignalParcelsTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ForwardingPeers _peers = new();

    [Fact]
    public async Task A_parcel_says_who_sent_its_lines_and_when_the_first_node_received_them()
    {
        var source = new SignalSource { Desk = "d", Principal = 7, ClockAheadMs = -20 };
        source.Receive(_time);
        var received = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var forwarder = new SignalForwarder(_peers, _time, _ => { }, NullLogger.Instance);
        var parcels = new SignalParcels(source, forwarder);
        parcels.Add("s", "{}"u8);
        parcels.Add("s", "{}"u8);
        _peers.Owner = null;
        await parcels.SendAsync();
        _time.Advance(TimeSpan.FromSeconds(7));
        _peers.Owner = new ShardOwner("b", false);
        await forwarder.RetryAsync(CancellationToken.None);
        var sender = Assert.Single(_peers.Delivered).Sender;
        Assert.Equal(new SignalSender("d", 7, received, -20), sender);
        Assert.Equal(["{}\n{}\n"], _peers.Texts);

        // What reads it there counts from that moment, whatever its own clock says by now.
        var there = new SignalSource { ReceivedElsewhereMs = sender.ReceivedAtMs };
        there.Receive(_time);
        Assert.Equal((received, true), (there.WallMs, there.NowMs > source.NowMs));
    }
}
