namespace ActorOps.TestKit;

/// <summary>For what has no signal of its own: looks until it is so, and fails after ten seconds.</summary>
public static class Waiting
{
    /// <summary>A wait that ends well takes as long as it takes; one that fails may as well be sure of it. Limits are those of a machine that has nothing else to do.</summary>
    private const int Patience = 3;

    public static async Task For(Func<bool> condition, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(Patience * (limit ?? TimeSpan.FromSeconds(10)));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.False(end.IsCancellationRequested, "The condition did not come true in time.");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    public static async Task For(Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(Patience * (limit ?? TimeSpan.FromSeconds(10)));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition().ConfigureAwait(false))
        {
            Assert.False(end.IsCancellationRequested, "The condition did not come true in time.");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
