using System.Threading.Channels;

namespace ActorOps.Kernel.Streams;

/// <summary>Stages with several ways in.</summary>
public static class JoiningStages
{
    /// <summary>The elements of all sources as they come. It ends when all have ended, and fails, cancelling the others, when one fails.</summary>
    public static Source<T> Merge<T>(this Source<T> source, params IReadOnlyList<Source<T>> others)
    {
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(scope.Cancellation);
            var merged = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true });
            var inner = scope with { Cancellation = cancellation.Token };
            var ended = Task.WhenAll(others.Prepend(source).Select(each => Feed(each, merged.Writer, inner)));
            var completed = Complete(ended, merged.Writer);
            try
            {
                await foreach (var element in merged.Reader.ReadEverything(CancellationToken.None))
                {
                    yield return element;
                }
            }
            finally
            {
                cancellation.Cancel();
                await completed;
            }
        }

        static async Task Feed(Source<T> source, ChannelWriter<T> writer, StreamScope scope)
        {
            try
            {
                await foreach (var element in source.Open(scope))
                {
                    await writer.WriteAsync(element, scope.Cancellation);
                }
            }
            catch (Exception reason)
            {
                // The first failure is the stream's; it does not wait for the others to end.
                writer.TryComplete(reason);
                throw;
            }
        }

        static async Task Complete(Task ended, ChannelWriter<T> writer)
        {
            try
            {
                await ended;
                writer.TryComplete();
            }
#pragma warning disable CA1031 // each feeder has handed its failure on before
            catch (Exception reason)
#pragma warning restore CA1031
            {
                writer.TryComplete(reason);
            }
        }
    }
}
