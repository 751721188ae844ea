using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What the kill switch's two halves, the instant one and the journalled one, share.</summary>
public sealed class KillSwitchServices(KillSwitchBoard board, TripLatch latch, KillSwitchOptions options, string node, ILogger log)
{
    private volatile IReadOnlyCollection<ResetRequest> _resets = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What stands.</summary>
    public KillSwitchBoard Board => board;

    /// <summary>The file.</summary>
    public TripLatch Latch => latch;

    /// <summary>Settings.</summary>
    public KillSwitchOptions Options => options;

    /// <summary>This node.</summary>
    public string Node => node;

    /// <summary>Completes when latch and journal are merged: before that no permit is given.</summary>
    public Task WhenReady => _ready.Task;

    internal ILogger Log => log;

    /// <summary>Requests as last stored, replaced as a whole by the singleton.</summary>
    internal IReadOnlyCollection<ResetRequest> Resets
    {
        get => _resets;
        set => _resets = value;
    }

    internal void SetReady() => _ready.TrySetResult();
}
