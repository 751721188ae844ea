using System.Threading.Channels;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Streams;

/// <summary>Feeds a stream from outside. Safe from any thread.</summary>
public sealed class SourceQueue<T>
{
    private readonly Channel<T> _channel;
    private readonly OverflowPolicy _overflow;
    private readonly int _capacity;
    private int _opened;
    private volatile bool _ended;

    internal SourceQueue(int capacity, OverflowPolicy overflow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_capacity, _overflow) = (capacity, overflow);
        _channel = Channel.CreateBounded<T>(StreamChannels.Options(capacity, overflow));
    }

    /// <summary>Queues an element. False when the stream has ended; with <see cref="OverflowPolicy.Backpressure"/> it waits for room.</summary>
    /// <exception cref="StreamOverflowException">There is no room and the policy is <see cref="OverflowPolicy.Fail"/>.</exception>
    public async ValueTask<bool> OfferAsync(T element, CancellationToken cancellation = default)
    {
        while (!_channel.Writer.TryWrite(element))
        {
            if (_overflow == OverflowPolicy.Fail && !_ended)
            {
                throw new StreamOverflowException(_capacity);
            }

            if (!await _channel.Writer.WaitToWriteAsync(cancellation))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the stream once what is queued has gone through.</summary>
    public void Complete() => End(null);

    /// <summary>Fails the stream once what is queued has gone through.</summary>
    public void Fail(Exception reason) => End(reason);

    internal async IAsyncEnumerable<T> Open(StreamScope scope)
    {
        if (Interlocked.Exchange(ref _opened, 1) != 0)
        {
            throw new InvalidOperationException("A queue feeds one run of a stream; make another queue for another run.");
        }

        try
        {
            await foreach (var element in _channel.Reader.ReadEverything(scope.Cancellation))
            {
                yield return element;
            }
        }
        finally
        {
            End(null);
        }
    }

    private void End(Exception? reason)
    {
        _ended = true;
        _channel.Writer.TryComplete(reason);
    }
}
