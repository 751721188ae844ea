using System.Threading.Channels;

namespace ActorOps.Kernel.Streams;

/// <summary>
/// Runs what comes before a stage on its own, through a bounded channel, so that the stage can wait for an element or for a time, whichever
/// comes first. Disposing it cancels what comes before and waits for its end.
/// </summary>
internal sealed class Pump<T> : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly Channel<T> _channel;
    private readonly TimeProvider _time;
    private readonly Task _running;
    private Task<bool>? _waiting;

    public Pump(Source<T> source, StreamScope scope, BoundedChannelOptions? options = null)
    {
        _time = scope.Time;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancellation);
        _channel = Channel.CreateBounded<T>(options ?? new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        _running = RunAsync(source, scope with { Cancellation = _cancellation.Token });
    }

    public bool TryRead(out T element) => _channel.Reader.TryRead(out element!);

    /// <summary>Waits for an element. Throws what the source failed with.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>Waits for an element until the limit; zero or less: looks, and does not wait.</summary>
    public async ValueTask<Arrival> WaitAsync(TimeSpan limit)
    {
        _waiting ??= WaitForElementAsync();
        if (!_waiting.IsCompleted)
        {
            if (limit <= TimeSpan.Zero)
            {
                return Arrival.TimedOut;
            }

            using var end = new CancellationTokenSource();
            var time = Task.Delay(limit, _time, end.Token);
            if (await Task.WhenAny(_waiting, time) == time)
            {
                return Arrival.TimedOut;
            }

            end.Cancel();
        }

        var waiting = _waiting;
        _waiting = null;
        return await waiting ? Arrival.Element : Arrival.Ended;
    }

    public void Cancel() => _cancellation.Cancel();

    public async ValueTask DisposeAsync()
    {
        _cancellation.Cancel();
        await _running;
        _cancellation.Dispose();
    }

    /// <summary>A task by way of an async method and not of AsTask, which would go on anywhere and not where this runs.</summary>
    private async Task<bool> WaitForElementAsync() => await _channel.Reader.WaitToReadAsync();

    private async Task RunAsync(Source<T> source, StreamScope scope)
    {
        try
        {
            await foreach (var element in source.Open(scope))
            {
                await _channel.Writer.WriteAsync(element, scope.Cancellation);
            }

            _channel.Writer.Complete();
        }
#pragma warning disable CA1031 // the failure goes on through the channel, to the stage that reads it
        catch (Exception reason)
#pragma warning restore CA1031
        {
            _channel.Writer.Complete(reason);
        }
    }
}
