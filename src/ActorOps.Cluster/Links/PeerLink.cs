using System.Text.Json;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Messages;

namespace ActorOps.Cluster.Links;

/// <summary>The link to one life of one peer. Messages wait in a lane; questions and calls, trips among them, go beside it at once.</summary>
public sealed class PeerLink : IAsyncDisposable
{
    private readonly LinkLane _lane;
    private readonly LinkOptions _options;
    private readonly TimeProvider _time;
    private long _answeredAt;
    private long _refused;
    private volatile string? _lastFailure;

    /// <summary>A link over a channel.</summary>
    public PeerLink(NodeKey peer, ILinkChannel channel, LinkOptions options, TimeProvider time, Action<LinkFrame, string> onRefused)
    {
        (Peer, Channel, _options, _time) = (peer, channel, options, time);
        _lane = new LinkLane(CallAsync, options, (frame, why) =>
        {
            Interlocked.Increment(ref _refused);
            onRefused(frame, why);
        });
    }

    /// <summary>Which life of which node.</summary>
    public NodeKey Peer { get; }

    /// <summary>The way there.</summary>
    public ILinkChannel Channel { get; }

    /// <summary>Time since the peer last answered anything; null before the first answer.</summary>
    public TimeSpan? Silence => Interlocked.Read(ref _answeredAt) is not 0 and var at ? _time.GetElapsedTime(at) : null;

    /// <summary>Messages that wait.</summary>
    public int Waiting => _lane.Waiting;

    /// <summary>Messages that the peer did not take, or that were given up.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Why the last call failed; null when it did not.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>Queues a message. False when the lane is full.</summary>
    public bool TryTell(LinkFrame frame, WireMessage kind, object message) => _lane.TrySend(frame, kind, message);

    /// <summary>Asks, at once and beside whatever waits.</summary>
    /// <exception cref="LinkException">Refused, or no answer.</exception>
    public async Task<LinkFrame> AskAsync(LinkFrame frame, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var answer = await CallAsync("ask", JsonSerializer.SerializeToUtf8Bytes(frame, LinkJson.Default.LinkFrame), within ?? _options.AskWithin, cancellation).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer.Span, LinkJson.Default.LinkFrame) ?? throw new LinkException("unreadable", $"{Peer} has answered nothing.");
    }

    /// <summary>A call of any path.</summary>
    /// <exception cref="LinkException">Refused, or no answer.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(string path, ReadOnlyMemory<byte> body, TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            var answer = await Channel.CallAsync(path, body, within, cancellation).ConfigureAwait(false);
            NoteAnswer();
            return answer;
        }
        catch (LinkException failure)
        {
            if (failure.Code is not ("unreachable" or "no-answer"))
            {
                NoteAnswer();
            }

            _lastFailure = failure.Message;
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lane.DisposeAsync().ConfigureAwait(false);
        Channel.Dispose();
    }

    private void NoteAnswer()
    {
        Interlocked.Exchange(ref _answeredAt, _time.GetTimestamp());
        _lastFailure = null;
    }
}
