using ActorOps.Kernel.Dispatching;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel;

/// <summary>How a system of actors behaves.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>Decides on failures of top-level actors.</summary>
    public SupervisorStrategy GuardianStrategy { get; init; } = SupervisorStrategy.Default;

    /// <summary>Where actors run whose props name no dispatcher.</summary>
    public Dispatcher DefaultDispatcher { get; init; } = Dispatcher.Shared;

    /// <summary>
    /// A message in hand for longer is logged, with an accuracy of a tenth of this; also turns on the samples of waiting times. Null (default):
    /// neither.
    /// </summary>
    public TimeSpan? SlowMessageThreshold { get; init; }

    /// <summary>Restarts that the whole system may make at once, 1 or more; further ones wait for <see cref="RestartsPerSecond"/>.</summary>
    public int RestartBurst { get; init; } = 1000;

    /// <summary>Restarts a second of the whole system past the burst, 1 or more.</summary>
    public int RestartsPerSecond { get; init; } = 1000;
}
