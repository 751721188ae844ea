using System.Text.Json;
using ActorOps.Kernel.Messages;

namespace ActorOps.Cluster.Links;

/// <summary>
/// A queue of messages to one peer, sent in batches, one batch on its way at a time: so they arrive in order, and what comes meanwhile goes together. It is
/// bounded; where only the latest of a kind counts, the latest takes the place of the one that waits.
/// </summary>
internal sealed class LinkLane : IAsyncDisposable
{
    private const int LargestBatch = 500;
    private readonly Func<string, ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<ReadOnlyMemory<byte>>> _call;
    private readonly LinkOptions _options;
    private readonly Action<LinkFrame, string> _onRefused;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Lock _lock = new();
    private readonly LinkedList<(string? Key, LinkFrame Frame)> _queue = new();
    private readonly Dictionary<string, LinkedListNode<(string? Key, LinkFrame Frame)>> _byKey = new(StringComparer.Ordinal);
    private readonly Task _running;

    public LinkLane(Func<string, ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<ReadOnlyMemory<byte>>> call, LinkOptions options, Action<LinkFrame, string> onRefused)
    {
        (_call, _options, _onRefused) = (call, options, onRefused);
        _running = Task.Run(RunAsync);
    }

    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>False when it is full: the message was not taken.</summary>
    public bool TrySend(LinkFrame frame, WireMessage kind, object message)
    {
        lock (_lock)
        {
            var key = kind.Key?.Invoke(message) is { } ofKind ? $"{frame.Kind}|{frame.To}|{ofKind}" : null;
            if (key is not null && _byKey.TryGetValue(key, out var waiting))
            {
                waiting.Value = (key, frame);
                return true;
            }

            if (_queue.Count >= _options.LaneCapacity)
            {
                return false;
            }

            var node = _queue.AddLast((key, frame));
            if (key is not null)
            {
                _byKey[key] = node;
            }

            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        foreach (var (_, frame) in Take(int.MaxValue))
        {
            _onRefused(frame, "the link was closed");
        }

        _news.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await _news.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            List<(string? Key, LinkFrame Frame)> batch;
            while ((batch = Take(LargestBatch)).Count > 0 && !_stop.IsCancellationRequested)
            {
                await SendAsync([.. batch.Select(item => item.Frame)]).ConfigureAwait(false);
            }
        }
    }

    private async Task SendAsync(LinkFrame[] frames)
    {
        try
        {
            var answer = await _call("tell", JsonSerializer.SerializeToUtf8Bytes(frames, LinkJson.Default.LinkFrameArray), _options.TellWithin, _stop.Token).ConfigureAwait(false);
            foreach (var refusal in JsonSerializer.Deserialize(answer.Span, LinkJson.Default.LinkRefusalArray) ?? [])
            {
                if (refusal.Index >= 0 && refusal.Index < frames.Length)
                {
                    _onRefused(frames[refusal.Index], refusal.Why);
                }
            }
        }
        catch (Exception reason) when (reason is LinkException or JsonException or OperationCanceledException)
        {
            // At most once: whoever needs more asks for an answer, and asks again.
            foreach (var frame in frames)
            {
                _onRefused(frame, reason.Message);
            }
        }
    }

    private List<(string? Key, LinkFrame Frame)> Take(int most)
    {
        lock (_lock)
        {
            var taken = new List<(string? Key, LinkFrame Frame)>();
            while (taken.Count < most && _queue.First is { } first)
            {
                taken.Add(first.Value);
                _queue.RemoveFirst();
                if (first.Value.Key is { } key)
                {
                    _byKey.Remove(key);
                }
            }

            return taken;
        }
    }
}
