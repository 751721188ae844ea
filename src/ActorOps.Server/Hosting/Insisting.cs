using ActorOps.Kernel.Asking;

namespace ActorOps.Server.Hosting;

/// <summary>Asks a singleton again while it may be on its way up, here or on another node.</summary>
internal static class Insisting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The answer. What is asked must bear being asked twice: an answer may have been lost.</summary>
    /// <exception cref="AskTimeoutException">No answer within a minute, or before the end.</exception>
    /// <exception cref="UndeliveredException">As above.</exception>
    public static async Task<T> AskAsync<T>(NodeServices services, Func<Task<T>> ask, CancellationToken ending)
    {
        var time = services.System.TimeProvider;
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception reason) when (reason is UndeliveredException or AskTimeoutException && time.GetElapsedTime(since) < Patience && !ending.IsCancellationRequested)
            {
                ServerLog.StoreAwaited(services.Log, reason.Message);
                await Task.Delay(Pause, time, ending).ConfigureAwait(false);
            }
        }
    }
}
