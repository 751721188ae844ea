using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http;

/// <summary>
/// How long an open stream, or a body without an end, may last: until the caller goes, the node stops, or the credential that opened it no longer counts. It looks every 500 ms;
/// a stream that has not ended by the next look, such as one whose reader reads nothing, loses its connection.
/// </summary>
internal sealed class StreamLifetime : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _ended;
    private readonly ITimer _look;

    public StreamLifetime(HttpContext context, TimeProvider time, CancellationToken stopping)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        _look = time.CreateTimer(_ => Look(context), null, LookEvery, LookEvery);
    }

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Whether it is over.</summary>
    public bool IsCancellationRequested => _ended.IsCancellationRequested;

    /// <summary>Whether it is over because the credential no longer counts.</summary>
    public bool IsRevoked { get; private set; }

    public void Dispose()
    {
        _look.Dispose();
        _ended.Dispose();
    }

    private void Look(HttpContext context)
    {
        if (IsRevoked)
        {
            context.Abort();
        }
        else if (!Identities.StillHolds(context))
        {
            IsRevoked = true;
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended while this looked.
            }
        }
    }
}
