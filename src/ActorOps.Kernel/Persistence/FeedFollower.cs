namespace ActorOps.Kernel.Persistence;

/// <summary>Reads the feed of all streams once for everything in the process that wants to hear of it.</summary>
/// <param name="journal">The journal.</param>
/// <param name="all">The projections that there are now.</param>
/// <param name="find">The projection of a stream, if there is one.</param>
public sealed class FeedFollower(IJournal journal, Func<IReadOnlyList<IProjection>> all, Func<string, IProjection?> find)
{
    private const int Page = 200;
    private string? _cursor;

    /// <summary>Called with every record that comes, in the order of the feed, after its projection has it. It must not fail.</summary>
    public Action<JournalRecord>? Recorded { get; set; }

    /// <summary>Brings projections to the present. The feed is followed from here on.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        // The end first: what is stored between the two reads is seen twice rather than never.
        var end = await journal.ReadFeedEndAsync(cancellation);
        foreach (var projection in all())
        {
            await projection.CatchUpAsync(journal, cancellation);
        }

        _cursor = end;
    }

    /// <summary>
    /// Takes in what is new; the number of records. Where another store has taken the place of the one that was followed, it starts over at that one's
    /// end: projections miss nothing, while <see cref="Recorded"/> is not called for what was stored in between.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read; nothing is left out, call again.</exception>
    public async Task<int> FollowAsync(CancellationToken cancellation = default)
    {
        var count = 0;
        IReadOnlyList<JournalRecord> records;
        do
        {
            try
            {
                records = await journal.ReadFeedAsync(_cursor, Page, cancellation);
            }
            catch (FormatException)
            {
                await StartAsync(cancellation);
                return count;
            }

            foreach (var record in records)
            {
                if (find(record.Stream) is { } projection)
                {
                    await projection.OfferAsync(record, journal, cancellation);
                }

                Recorded?.Invoke(record);
                _cursor = record.Cursor;
            }

            count += records.Count;
        }
        while (records.Count == Page);
        return count;
    }
}
