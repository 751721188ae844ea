using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

/// <summary>A stream under test: what came out, how it ended, and a source that tells whether it was ended.</summary>
internal sealed class StreamHarness<T>
{
    private readonly CancellationTokenSource _cancellation = new();

    public StreamHarness(Simulation sim, Source<T> source, Func<T, ValueTask>? each = null)
    {
        Ended = sim.Start(() => source.To(Sink.ForEach<T>(async element =>
        {
            Out.Add(element);
            await (each?.Invoke(element) ?? default);
        })).RunAsync(sim.Time, _cancellation.Token));
        sim.RunUntilIdle();
    }

    public List<T> Out { get; } = [];

    public Task Ended { get; }

    public void Cancel() => _cancellation.Cancel();

    public IReadOnlyList<T> Take()
    {
        T[] taken = [.. Out];
        Out.Clear();
        return taken;
    }
}
