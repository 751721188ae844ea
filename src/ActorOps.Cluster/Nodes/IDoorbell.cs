namespace ActorOps.Cluster.Nodes;

/// <summary>A hint that something in the store has changed. It carries nothing and may get lost: whoever hears it, looks; whoever does not, looks a second later.</summary>
public interface IDoorbell
{
    /// <summary>Hints at everybody. Never throws.</summary>
    void Ring();

    /// <summary>Completes at the next ring, or when cancelled.</summary>
    Task WaitAsync(CancellationToken cancellation);
}
