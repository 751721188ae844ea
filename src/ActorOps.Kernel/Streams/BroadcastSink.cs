using System.Threading.Channels;

namespace ActorOps.Kernel.Streams;

/// <summary>One stream into several sinks at once.</summary>
internal static class BroadcastSink<T>
{
    public static async Task RunAsync(Source<T> source, StreamScope scope, IReadOnlyList<Sink<T>> sinks)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancellation);
        var inner = scope with { Cancellation = cancellation.Token };
        var branches = sinks.Select(sink => new Branch(sink, inner)).ToList();
        try
        {
            await foreach (var element in source.Open(inner))
            {
                foreach (var branch in branches)
                {
                    await branch.WriteAsync(element, cancellation.Token);
                }

                if (branches.TrueForAll(branch => branch.IsDone))
                {
                    break;
                }
            }
        }
        catch
        {
            cancellation.Cancel();
            await Task.WhenAll(branches.Select(branch => branch.Ended)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            throw;
        }

        foreach (var branch in branches)
        {
            branch.Complete();
        }

        await Task.WhenAll(branches.Select(branch => branch.Ended));
    }

    private sealed class Branch
    {
        private readonly Channel<T> _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

        public Branch(Sink<T> sink, StreamScope scope) => Ended = RunAsync(sink, scope);

        public Task Ended { get; }

        public bool IsDone => Ended.IsCompletedSuccessfully;

        /// <summary>Waits for room; throws what the sink has failed with.</summary>
        public async ValueTask WriteAsync(T element, CancellationToken cancellation)
        {
            while (!_channel.Writer.TryWrite(element))
            {
                if (!await _channel.Writer.WaitToWriteAsync(cancellation))
                {
                    await Ended;
                    return;
                }
            }
        }

        public void Complete() => _channel.Writer.TryComplete();

        private async Task RunAsync(Sink<T> sink, StreamScope scope)
        {
            try
            {
                await sink.RunAsync(Source.From(_channel.Reader), scope);
            }
            finally
            {
                _channel.Writer.TryComplete();
            }
        }
    }
}
