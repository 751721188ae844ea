namespace ActorOps.TestKit;

/// <summary>For what has no signal of its own: looks until it is so, and fails after ten seconds.</summary>
public static class Waiting
{
    public static async Task For(Func<bool> condition, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(10));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.False(end.IsCancellationRequested, "The condition did not come true in time.");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    public static async Task For(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(10));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition().ConfigureAwait(false))
        {
            Assert.False(end.IsCancellationRequested, "The condition did not come true in time.");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
