namespace ActorOps.Kernel.Persistence;

/// <summary>A read model of one stream.</summary>
public interface IProjection
{
    /// <summary>The stream.</summary>
    string Stream { get; }

    /// <summary>Takes a record of the stream in: known ones are left out, and what lies between is read.</summary>
    /// <exception cref="JournalUnavailableException">What lies between cannot be read; offer it again.</exception>
    ValueTask OfferAsync(JournalRecord record, IJournal journal, CancellationToken cancellation = default);

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read.</exception>
    ValueTask CatchUpAsync(IJournal journal, CancellationToken cancellation = default);

    /// <summary>Reads the stream anew, for a store that may have lost its latest events. True when it has fewer than were known.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read; nothing has changed.</exception>
    ValueTask<bool> ReloadAsync(IJournal journal, CancellationToken cancellation = default);
}
