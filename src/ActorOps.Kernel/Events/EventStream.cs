using System.Collections.Immutable;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Events;

/// <summary>In-process publish and subscribe by message type, base types included. Order holds per publisher; delivery is a Tell.</summary>
public sealed class EventStream
{
    private readonly ActorSystem _system;
    private ImmutableArray<Subscription> _subscriptions = [];

    internal EventStream(ActorSystem system) => _system = system;

    /// <summary>Tells the actor every later published <typeparamref name="T"/>, until it stops. A repeated call changes nothing.</summary>
    public void Subscribe<T>(ActorRef subscriber)
    {
        ImmutableInterlocked.Update(
            ref _subscriptions,
            static (all, added) => all.Contains(added) ? all : all.Add(added),
            new Subscription(typeof(T), subscriber));

        // Noted after it is added: either the stop of the actor sees the note and takes the subscription back, or it is taken back here.
        if (subscriber is LocalActorRef local && !local.Cell.TryNoteSubscription())
        {
            Unsubscribe(subscriber);
        }
    }

    /// <summary>Ends every subscription of the actor.</summary>
    public void Unsubscribe(ActorRef subscriber) => ImmutableInterlocked.Update(
        ref _subscriptions,
        static (all, gone) => all.RemoveAll(subscription => ReferenceEquals(subscription.Subscriber, gone)),
        subscriber);

    /// <summary>Tells the message to everybody who subscribed to its type.</summary>
    public void Publish(object message)
    {
        foreach (var subscription in _subscriptions)
        {
            if (!subscription.Type.IsInstanceOfType(message))
            {
                continue;
            }

            try
            {
                subscription.Subscriber.Tell(message);
            }
            catch (MailboxFullException)
            {
                // One subscriber's limit is neither the publisher's trouble nor the others'.
                _system.DeadLetters.Record(new DeadLetter(message, ActorRef.NoSender, subscription.Subscriber, "mailbox full"));
            }
        }
    }

    private sealed record Subscription(Type Type, ActorRef Subscriber);
}
