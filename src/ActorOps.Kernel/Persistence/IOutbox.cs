namespace ActorOps.Kernel.Persistence;

/// <summary>Messages to the outside, stored with the events that cause them and sent at least once.</summary>
public interface IOutbox
{
    /// <summary>Undelivered messages of a destination, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default);

    /// <summary>Marks a message as delivered. False when it is unknown or was marked before.</summary>
    ValueTask<bool> MarkDeliveredAsync(Guid id, string outcome, CancellationToken cancellation = default);
}
