using System.Runtime.CompilerServices;

namespace ActorOps.TestKit;

/// <summary>For what has no signal of its own: looks until it is so, and fails after ten seconds.</summary>
public static class Waiting
{
    /// <summary>A wait that ends well takes as long as it takes; one that fails may as well be sure of it. Limits are those of a machine that has nothing else to do.</summary>
    private const int Patience = 3;

    public static async Task For(Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        using var end = new CancellationTokenSource(Patience * (limit ?? TimeSpan.FromSeconds(10)));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.False(end.IsCancellationRequested, $"This did not come true in time: {text}");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    /// <summary>As long as whoever is asked is not reached, it is not so: a server may be on its way up, or back.</summary>
    public static async Task For(Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        using var end = new CancellationTokenSource(Patience * (limit ?? TimeSpan.FromSeconds(10)));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var unreached = string.Empty;
        while (true)
        {
            try
            {
                if (await condition().ConfigureAwait(false))
                {
                    return;
                }

                unreached = string.Empty;
            }
            catch (HttpRequestException reason)
            {
                unreached = $" (the last time: {reason.Message})";
            }

            Assert.False(end.IsCancellationRequested, $"This did not come true in time{unreached}: {text}");
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
