using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Asking;

/// <summary>An actor did not reply in time. The outcome of the message is unknown.</summary>
public sealed class AskTimeoutException(ActorPath target, Type message, TimeSpan timeout)
    : TimeoutException($"{target} did not answer {message.Name} within {timeout.TotalMilliseconds:0} ms.")
{
    /// <summary>Who was asked.</summary>
    public ActorPath Target { get; } = target;
}
