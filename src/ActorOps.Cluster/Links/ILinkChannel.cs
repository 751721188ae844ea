namespace ActorOps.Cluster.Links;

/// <summary>The way to one peer, made when it is needed and again after it was lost. Calls on it do not wait for one another.</summary>
public interface ILinkChannel : IDisposable
{
    /// <summary>Sends one call and completes with the body of its answer.</summary>
    /// <param name="path">What is called, such as <c>tell</c>.</param>
    /// <param name="body">Its body.</param>
    /// <param name="within">Longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinkException">It was refused, or there was no answer.</exception>
    Task<ReadOnlyMemory<byte>> CallAsync(string path, ReadOnlyMemory<byte> body, TimeSpan within, CancellationToken cancellation);
}
