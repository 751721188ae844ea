using ActorOps.Ops.Brokers;

namespace ActorOps.Ops.Tests.Brokers;

public class RateBudgetTests
{
    [Fact]
    public void Whatever_else_asks_too_much_cancels_find_room()
    {
        var time = new VirtualTimeProvider();
        var budget = new RateBudget(100, 0.4, time);
        Assert.Equal(60, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(isCancel: false)));
        Assert.Equal(40, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(isCancel: true)));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(budget.TryTake(isCancel: false));
        Assert.Equal(10, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(isCancel: true)));
    }

    [Fact]
    public async Task Who_finds_no_room_waits_for_it()
    {
        var time = new VirtualTimeProvider();
        var budget = new RateBudget(60, 0, time);
        while (budget.TryTake(isCancel: true))
        {
        }

        var waiting = budget.TakeAsync(isCancel: true, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await Waiting.For(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return waiting.IsCompletedSuccessfully;
        });
    }
}
