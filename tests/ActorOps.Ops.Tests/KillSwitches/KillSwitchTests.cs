using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public sealed class KillSwitchTests : IAsyncDisposable
{
    private static readonly TripRequest Kill = new(Scope.Strategy("s"), TradingState.Killed, "cli", "p", "p") { IdempotencyKey = "k" };
    private readonly StandingDisk _disk = new();
    private readonly OpsHarness _harness;

    public KillSwitchTests() => _harness = new OpsHarness(disk: _disk);

    private TradingState Level => _harness.Ops.Board.Current.Of(Scope.Strategy("s")).Level;

    public ValueTask DisposeAsync()
    {
        _disk.StandsStill = false;
        return _harness.DisposeAsync();
    }

    [Fact]
    public async Task A_disk_that_stands_still_keeps_no_gate_open_and_the_answer_says_that_nothing_is_latched()
    {
        await _harness.Ops.WhenReady;
        _disk.StandsStill = true;
        var tripping = _harness.Ops.KillSwitch.TripAsync(Kill);
        Assert.Equal(TradingState.Killed, Level);
        var again = _harness.Ops.KillSwitch.TripAsync(Kill);
        var receipts = await Passing(Task.WhenAll(tripping, again));
        Assert.Equal(receipts[0].Trip.TripId, receipts[1].Trip.TripId);
        Assert.All(receipts, receipt => Assert.False(receipt.Latched));
        Assert.All(receipts, receipt => Assert.True(receipt.Durable));
        _disk.StandsStill = false;
        Assert.True((await Passing(_harness.Ops.KillSwitch.TripAsync(Kill))).Latched);
    }

    [Fact]
    public async Task The_same_trip_asked_for_by_many_at_once_is_one()
    {
        await _harness.Ops.WhenReady;
        using var together = new Barrier(8);
        var asked = await Passing(Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return _harness.Ops.KillSwitch.TripAsync(Kill with { IdempotencyKey = null });
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap())));
        Assert.Single(asked.Select(receipt => receipt.Trip.TripId).Distinct());
        Assert.Single(asked, receipt => receipt.IsNew);
        Assert.All(asked, receipt => Assert.True(receipt.Latched));
    }

    [Fact]
    public async Task A_new_source_each_time_is_one_trip_with_its_causes_listed()
    {
        await _harness.Ops.WhenReady;
        for (var i = 0; i < 50; i++)
        {
            await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { IdempotencyKey = null, Source = $"s{i}" }));
        }

        var trip = Assert.Single(_harness.Ops.Board.Current.Trips);
        await Waiting.For(() =>
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            return _harness.Ops.KillSwitch.Causes.TryGetValue(trip.TripId, out var causes) && causes.Sum(cause => cause.Times) == 50;
        });
        Assert.InRange(_harness.Ops.KillSwitch.Causes[trip.TripId].Count, 2, TripCauses.Most + 1);
    }

    [Fact]
    public async Task Another_principal_level_scope_or_drill_is_another_trip()
    {
        await _harness.Ops.WhenReady;
        TripRequest[] asked = [Kill, Kill with { Principal = "q" }, Kill with { Level = TradingState.ReduceOnly }, Kill with { Scope = Scope.Firm }, Kill with { Drill = true }];
        foreach (var one in asked)
        {
            await Passing(_harness.Ops.KillSwitch.TripAsync(one with { IdempotencyKey = null }));
        }

        Assert.Equal(asked.Length, _harness.Ops.Board.Current.Trips.Count());
    }

    [Theory]
    [InlineData("recovery")]
    [InlineData("rule:drawdown")]
    [InlineData("alert:ab")]
    public async Task A_source_in_a_callers_words_does_not_make_a_trip_lift_itself(string source)
    {
        await _harness.RegisterAsync();
        var receipt = await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { Source = source, Cause = "reset:1" }));
        for (var i = 0; i < 40; i++)
        {
            await _harness.BeatAsync();
            _harness.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(TripOrigin.Person, receipt.Trip.Origin);
        Assert.NotNull(_harness.Ops.Board.Current.Find(receipt.Trip.TripId));
    }

    [Fact]
    public async Task A_stop_by_hand_never_joins_a_step_of_the_way_back()
    {
        await _harness.Ops.WhenReady;
        var step = Trips.Of("strategy/s", TradingState.ReduceOnly, "recovery") with { Origin = TripOrigin.Recovery, Principal = "p" };
        _harness.Ops.Board.Add(step);
        var receipt = await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { Level = TradingState.ReduceOnly, IdempotencyKey = null, TripId = step.TripId }));
        Assert.True(receipt.IsNew);
        Assert.NotEqual(step.TripId, receipt.Trip.TripId);
    }

    [Fact]
    public async Task An_id_from_another_time_is_not_used()
    {
        await _harness.Ops.WhenReady;
        var last = new Guid("ffffffff-ffff-7fff-8fff-ffffffffffff");
        Assert.NotEqual(last, (await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { TripId = last }))).Trip.TripId);
        var own = Guid.CreateVersion7(_harness.Time.GetUtcNow());
        Assert.Equal(own, (await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { Scope = Scope.Firm, TripId = own, IdempotencyKey = null }))).Trip.TripId);
    }

    [Fact]
    public async Task An_alert_ends_for_its_own_sender_alone()
    {
        await _harness.Ops.WhenReady;
        var trip = (await Passing(_harness.Ops.KillSwitch.TripAsync(Kill with { Origin = TripOrigin.Alert, Alert = "ab", Source = "alert:ab", IdempotencyKey = null }))).Trip;
        Assert.Empty(_harness.Ops.KillSwitch.AlertEnded("q", "ab"));
        Assert.Equal([trip.TripId], _harness.Ops.KillSwitch.AlertEnded("p", "ab"));
        await Waiting.For(() => _harness.Ops.KillSwitch.Causes[trip.TripId][0].EndedAt is not null);
    }

    private async Task<T> Passing<T>(Task<T> task)
    {
        await Waiting.For(() =>
        {
            _harness.Time.Advance(TimeSpan.FromMilliseconds(100));
            return task.IsCompleted;
        });
        return await task;
    }
}
