using System.Text;
using ActorOps.Kernel.Actors;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Signals;

public class SignalForwarderTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly FakePeers _peers = new();
    private readonly List<string> _lost = [];
    private readonly SignalForwarder _forwarder;

    public SignalForwarderTests() => _forwarder = new SignalForwarder(_peers, _time, _lost.Add, NullLogger.Instance);

    [Fact]
    public async Task Lines_go_to_the_owner_at_once()
    {
        await _forwarder.SendAsync([Parcel("one")], CancellationToken.None);
        Assert.Equal(["one"], _peers.Delivered);
    }

    [Fact]
    public async Task Lines_of_a_shard_that_moves_wait_for_its_next_owner_in_their_order()
    {
        _peers.Owner = null;
        var buffer = Encoding.UTF8.GetBytes("one");
        await _forwarder.SendAsync([new SignalParcel("s", "d", 1, buffer)], CancellationToken.None);
        buffer[0] = (byte)'X';
        await _forwarder.SendAsync([Parcel("two")], CancellationToken.None);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Empty(_peers.Delivered);
        _peers.Owner = new ShardOwner("b", false);
        await _forwarder.RetryAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], _peers.Delivered);
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
        Assert.Empty(_peers.Delivered);
    }

    [Fact]
    public async Task Waiting_lines_take_a_bounded_amount_of_memory()
    {
        _peers.Owner = null;
        var large = new SignalParcel("s", "d", 1, new byte[10 * 1024 * 1024]);
        await _forwarder.SendAsync([large], CancellationToken.None);
        Assert.Empty(_lost);
        await _forwarder.SendAsync([large], CancellationToken.None);
        Assert.Equal(["d"], _lost);
    }

    private static SignalParcel Parcel(string text) => new("s", "d", 1, Encoding.UTF8.GetBytes(text));

    private sealed class FakePeers : IPeers
    {
        public ShardOwner? Owner { get; set; } = new("b", false);

        public bool Accepts { get; set; } = true;

        public List<string> Delivered { get; } = [];

        public string HomeTier => "operator-eu";

        public IReadOnlyList<string> Others => [];

        public ActorRef Singleton(string name) => ActorRef.NoSender;

        public string ShardOf(string region, string target) => "s";

        public ShardOwner? OwnerOf(string shard) => Owner;

        public ActorRef HostOf(string shard) => ActorRef.NoSender;

        public Task<IReadOnlyList<SignalParcel>> ForwardAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
        {
            var isTaken = Accepts && Owner is not null;
            Delivered.AddRange(isTaken ? parcels.Select(parcel => Encoding.UTF8.GetString(parcel.Lines.Span)) : []);
            return Task.FromResult<IReadOnlyList<SignalParcel>>(isTaken ? [] : parcels);
        }

        public Task<TripPropagation> SpreadAsync(Trip trip, TimeSpan within) => Task.FromResult(TripPropagation.Alone);
    }
}
