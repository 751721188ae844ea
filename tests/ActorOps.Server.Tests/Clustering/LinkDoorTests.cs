using System.Text;
using System.Text.Json;
using ActorOps.Cluster.Links;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Tests.Clustering;

/// <summary>The link's own protocol over a real connection, good and bad.</summary>
[Trait("Needs", "Postgres")]
public sealed class LinkDoorTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private readonly HttpLinkChannel _channel = fixture.Channel();

    public void Dispose()
    {
        fixture.Wire.IsHalfOpen = false;
        (fixture.Wire.Delay, fixture.Wire.BytesPerSecond, fixture.Wire.IsDown) = (TimeSpan.Zero, 0, false);
        _channel.Dispose();
    }

    [Fact]
    public async Task A_trip_over_the_link_is_latched_and_stands()
    {
        var trip = Trip("strategy/over-the-link");
        await CallAsync("trips", trip);
        Assert.NotNull(fixture.Services.Ops.Board.Current.Find(trip.TripId));
        Assert.Contains(trip.TripId.ToString(), Encoding.UTF8.GetString(await File.ReadAllBytesAsync(fixture.Data.File("trips.latch"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_meet_know_the_same_trips_afterwards()
    {
        var here = await fixture.Services.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("only-here"), TradingState.Killed, "test", "p", "p"));
        var there = Trip("strategy/only-there");
        var answer = await ExchangeAsync(new TripExchange([there.TripId], [there]));
        Assert.Contains(answer.Trips, trip => trip.TripId == here.Trip.TripId);
        Assert.NotNull(fixture.Services.Ops.Board.Current.Find(there.TripId));
        Assert.DoesNotContain((await ExchangeAsync(new TripExchange([.. answer.Known], []))).Trips, trip => trip.TripId == here.Trip.TripId);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_on_this_side_and_on_that()
    {
        using var channel = fixture.Channel(key: "guessed");
        var refused = await Assert.ThrowsAsync<LinkException>(() => channel.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(Trip("firm"), PeerJson.Default.Trip), Soon, default));
        Assert.Equal(("forbidden", true), (refused.Code, refused.IsUndone));
        Assert.Contains("keys of the two nodes differ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Services.Ops.Board.Current.Trips, trip => trip.Scope == Scope.Firm);
    }

    [Theory]
    [InlineData("tell", """[{"kind":"future.v9","to":"singleton/desks","body":{}}]""", "unknown-kind")]
    [InlineData("tell", """[{"kind":"feeds.switch.v1","to":"singleton/nothing","body":{"feed":"f","by":"x","reason":"y"}}]""", "not-here")]
    public async Task What_is_not_known_is_answered(string call, string body, string code)
    {
        var answer = await _channel.CallAsync(call, Encoding.UTF8.GetBytes(body), Soon, default);
        Assert.Equal(code, JsonSerializer.Deserialize(answer.Span, LinkJson.Default.LinkRefusalArray)!.Single().Code);
    }

    [Theory]
    [InlineData("no-such-call", "{}", "unknown-kind")]
    [InlineData("ask", """{"kind":"kill-switch.approve.v1","to":"singleton/kill-switch","body":{}}""", "unknown-kind")]
    [InlineData("trips", "rubbish", "unreadable")]
    [InlineData("report", "[]", "unreadable")]
    public async Task A_call_that_makes_no_sense_is_refused_with_a_code(string call, string body, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<LinkException>(() => _channel.CallAsync(call, Encoding.UTF8.GetBytes(body), Soon, default))).Code);

    [Fact]
    public async Task Signals_for_shards_without_targets_here_come_back_by_name()
    {
        var answer = await _channel.CallAsync("signals?principal=1", Encoding.UTF8.GetBytes("#shard/eu/00\n{}\n#shard/eu/01\n{}\n{}\n"), Soon, default);
        Assert.Equal("shard/eu/00\nshard/eu/01", Encoding.UTF8.GetString(answer.Span));
    }

    [Fact]
    public async Task After_a_cut_the_next_call_says_hello_again()
    {
        await CallAsync("trips", Trip("strategy/before-the-cut"));
        fixture.Wire.Cut();
        await Waiting.For(async () =>
        {
            try
            {
                await CallAsync("trips", Trip("strategy/after-the-cut"));
                return true;
            }
            catch (LinkException)
            {
                return false;
            }
        });
        Assert.Contains(fixture.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() == "strategy/after-the-cut");
    }

    [Fact]
    public async Task A_half_open_link_costs_its_deadline_and_no_more()
    {
        await CallAsync("trips", Trip("strategy/warm"));
        fixture.Wire.IsHalfOpen = true;
        var late = await Assert.ThrowsAsync<LinkException>(() => _channel.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(Trip("strategy/half-open"), PeerJson.Default.Trip), TimeSpan.FromMilliseconds(300), default));
        Assert.Equal(("no-answer", false), (late.Code, late.IsUndone));
    }

    [Fact]
    public async Task A_lost_answer_is_no_answer_and_asking_again_does_no_harm()
    {
        var trip = Trip("strategy/ghost");
        await CallAsync("trips", Trip("strategy/warm-2"));
        fixture.Wire.SwallowReplies = true;
        await Assert.ThrowsAsync<LinkException>(() => _channel.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(trip, PeerJson.Default.Trip), TimeSpan.FromMilliseconds(400), default));
        await Waiting.For(() => fixture.Services.Ops.Board.Current.Find(trip.TripId) is not null);
        fixture.Wire.SwallowReplies = false;
        fixture.Wire.Cut();
        using var again = fixture.Channel();
        await again.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(trip, PeerJson.Default.Trip), Soon, default);
        Assert.Single(fixture.Services.Ops.Board.Current.Trips, standing => standing.TripId == trip.TripId);
    }

    [Fact]
    public async Task A_trip_passes_a_dripping_link_that_bulk_has_filled()
    {
        await CallAsync("trips", Trip("strategy/warm-3"));

        // What the flood has on its way takes 40 s: who stands behind it does not come through in time, who takes turns with it does.
        fixture.Wire.BytesPerSecond = 20_000;
        using var stop = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await _channel.CallAsync("signals?principal=1", new byte[200_000], Soon, stop.Token);
                }
                catch (Exception refused) when (refused is LinkException or OperationCanceledException)
                {
                    // Refused or late: the point is that it fills the wire.
                }
            }
        })).ToList();
        await Task.Delay(300);
        var trip = Trip("strategy/through-the-flood");
        await _channel.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(trip, PeerJson.Default.Trip), TimeSpan.FromSeconds(8), default);
        await stop.CancelAsync();
        await Task.WhenAll(flood);
        Assert.NotNull(fixture.Services.Ops.Board.Current.Find(trip.TripId));
    }

    private static Trip Trip(string scope)
    {
        Assert.True(Scope.TryParse(scope, out var parsed));
        return new Trip(Guid.CreateVersion7(), TradingState.Killed, parsed, "peer", "because", "p", "p", "stranger", DateTimeOffset.UtcNow);
    }

    private Task CallAsync(string call, Trip trip) => _channel.CallAsync(call, JsonSerializer.SerializeToUtf8Bytes(trip, PeerJson.Default.Trip), Soon, default);

    private async Task<TripExchange> ExchangeAsync(TripExchange exchange) =>
        JsonSerializer.Deserialize((await _channel.CallAsync("trip-exchange", JsonSerializer.SerializeToUtf8Bytes(exchange, PeerJson.Default.TripExchange), Soon, default)).Span, PeerJson.Default.TripExchange)!;
}
