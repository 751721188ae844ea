using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Asking;

/// <summary>A sender that keeps the first message told to it. It is registered nowhere, so an abandoned one leaks nothing.</summary>
internal sealed class PromiseActorRef(ActorPath target) : ActorRef
{
    private readonly TaskCompletionSource<object> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<object> Reply => _reply.Task;

    public override ActorPath Path { get; } = target.Append("$ask");

    public override void Tell(object message, ActorRef sender) => _reply.TrySetResult(message);
}
