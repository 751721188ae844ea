using ActorOps.Client;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Somebody who goes on calling, whatever the answer is.</summary>
internal static class Callers
{
    /// <summary>Calls until it is told to stop. A call that fails is not acknowledged: it may have been done or not.</summary>
    public static async Task RepeatAsync(Func<int, Task> call, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                await call(i);
            }
            catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException or ActorOpsException)
            {
                // Known by its missing answer.
            }

            await Task.Delay(30, CancellationToken.None);
        }
    }
}
