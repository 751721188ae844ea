namespace ActorOps.Kernel.Actors;

/// <summary>A message in whose handling the kernel has a part. All others go straight to Receive.</summary>
public abstract record AutoReceivedMessage
{
    private protected AutoReceivedMessage()
    {
    }

    /// <summary>The kernel's own word, which no mailbox refuses; false: a user's message in a wrapping.</summary>
    internal virtual bool IsPromised => true;

    /// <summary>What of it is a message of the user's, for dead letters; null: nothing that anybody waits for.</summary>
    internal virtual object? Payload => null;

    /// <summary>Called when nobody will handle it.</summary>
    internal virtual void Undelivered()
    {
    }

    /// <summary>A timer's message; only the latest timer of a key is delivered.</summary>
    internal sealed record TimerFired(object Key, long Generation, object Message) : AutoReceivedMessage;

    /// <summary>A message with the causality id of whoever told it.</summary>
    internal sealed record Caused(object Message, string CausalityId) : AutoReceivedMessage
    {
        internal override bool IsPromised => Message is AutoReceivedMessage { IsPromised: true };

        internal override object? Payload => Message is AutoReceivedMessage inner ? inner.Payload : Message;

        internal override void Undelivered() => (Message as AutoReceivedMessage)?.Undelivered();
    }

    /// <summary>A message whose teller waits until it has been handled: true, or false when nobody handled it.</summary>
    internal sealed record Delivery(object Message, Action<bool> Handled) : AutoReceivedMessage
    {
        internal override bool IsPromised => false;

        internal override object? Payload => Message;

        internal override void Undelivered() => Handled(false);
    }

    /// <summary>What an actor wanted to do after a task, on its own turn.</summary>
    internal sealed record Continuation(Func<ValueTask> Run, int Incarnation, ActorRef Sender) : AutoReceivedMessage;
}
