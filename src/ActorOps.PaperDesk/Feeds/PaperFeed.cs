namespace ActorOps.PaperDesk.Feeds;

/// <summary>One way that the market's prices reach the desk.</summary>
internal sealed class PaperFeed(string id, string? backup)
{
    public string Id => id;

    public string? Backup => backup;

    /// <summary>Number of the last message.</summary>
    public long Sequence { get; private set; }

    public decimal Price { get; private set; }

    /// <summary>Market time of the last message.</summary>
    public TimeSpan LastAt { get; private set; }

    /// <summary>A message arrived. A stalled feed gets none, and numbers none.</summary>
    public void Receive(decimal price, TimeSpan at)
    {
        Sequence++;
        (Price, LastAt) = (price, at);
    }
}
