using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Tasks that live no longer than the actor's present instance. Touched on the actor's turn only; a task's end comes as a system message.</summary>
internal sealed class OwnedTasks(LocalActorRef self)
{
    private CancellationTokenSource? _cancellation;

    public int Running { get; private set; }

    public void Start(Func<CancellationToken, Task> work)
    {
        _cancellation ??= new CancellationTokenSource();
        Running++;
        Observe(work, _cancellation.Token);
    }

    /// <summary>Asks every task to end.</summary>
    public void Cancel()
    {
        using var cancellation = _cancellation;
        _cancellation = null;
        cancellation?.Cancel();
    }

    public void OnEnded() => Running--;

    private async void Observe(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            await work(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // every failure of a task is the actor's own
        catch (Exception reason)
#pragma warning restore CA1031
        {
            failure = cancellation.IsCancellationRequested ? null : reason;
        }

        self.SendSystem(new SystemMessage.TaskEnded(failure));
    }
}
