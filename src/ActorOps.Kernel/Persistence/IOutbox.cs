namespace ActorOps.Kernel.Persistence;

/// <summary>Messages to the outside, stored with the events that cause them and sent at least once.</summary>
public interface IOutbox
{
    /// <summary>Undelivered messages of a destination, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// Takes undelivered messages of a destination for itself, oldest first, at most <paramref name="limit"/>: nobody else is given them before <paramref name="hold"/>
    /// is over. For deliverers that compete; what one of them has not marked by then goes to another.
    /// </summary>
    ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(string destination, int limit, TimeSpan hold, CancellationToken cancellation = default);

    /// <summary>Marks a message as delivered. False when this destination has no such message, or when it was marked before: an id alone is nobody's proof that it is his.</summary>
    ValueTask<bool> MarkDeliveredAsync(string destination, Guid id, string outcome, CancellationToken cancellation = default);

    /// <summary>Whether a destination has or had a message with this id.</summary>
    ValueTask<bool> HasAsync(string destination, Guid id, CancellationToken cancellation = default);
}
