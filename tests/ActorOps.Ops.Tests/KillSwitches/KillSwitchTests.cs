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
