using System.Diagnostics;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using ActorOps.Kernel.Streams;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>Nanoseconds an element through a filter, a map and an end, with and without a channel in between.</summary>
internal static class StreamBenchmark
{
    private const int Elements = 3_000_000;

    public static async Task RunAsync()
    {
        var stages = new List<double>();
        var buffered = new List<double>();
        var linq = new List<double>();
        var channel = new List<double>();
        var blocks = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            stages.Add(await TimeAsync(() => Stages(Source.From(Numbers()))));
            linq.Add(await TimeAsync(LinqAsync));
            buffered.Add(await TimeAsync(() => Stages(Source.From(Numbers()).Buffer(1000))));
            channel.Add(await TimeAsync(ChannelAsync));
            blocks.Add(await TimeAsync(BlocksAsync));
        }

        Figures.Print("stream-3-stages", stages.Min(), "ns", "async_linq", linq.Min());
        Figures.Print("stream-3-stages-buffered", buffered.Min(), "ns", "bounded_channel_two_tasks", channel.Min());
        Figures.Print("stream-3-stages-dataflow", buffered.Min(), "ns", "two_dataflow_blocks", blocks.Min());
    }

    private static Task Stages(Source<long> source)
    {
        long sum = 0;
        return source.Where(n => n % 2 == 0).Select(n => n + 1).To(Sink.ForEach<long>(n => sum += n)).RunAsync(TimeProvider.System);
    }

    private static async Task LinqAsync()
    {
        long sum = 0;
        await foreach (var n in Numbers().ToAsyncEnumerable().Where(n => n % 2 == 0).Select(n => n + 1))
        {
            sum += n;
        }
    }

    private static async Task ChannelAsync()
    {
        var channel = Channel.CreateBounded<long>(new BoundedChannelOptions(1000) { SingleReader = true, SingleWriter = true });
        var writing = Task.Run(async () =>
        {
            foreach (var n in Numbers())
            {
                await channel.Writer.WriteAsync(n);
            }

            channel.Writer.Complete();
        });
        long sum = 0;
        while (await channel.Reader.WaitToReadAsync())
        {
            while (channel.Reader.TryRead(out var n))
            {
                sum += n % 2 == 0 ? n + 1 : 0;
            }
        }

        await writing;
    }

    private static async Task BlocksAsync()
    {
        long sum = 0;
        var end = new ActionBlock<long>(n => sum += n, new ExecutionDataflowBlockOptions { BoundedCapacity = 1000, SingleProducerConstrained = true });
        var map = new TransformManyBlock<long, long>(static n => n % 2 == 0 ? [n + 1] : [], new ExecutionDataflowBlockOptions { BoundedCapacity = 1000, SingleProducerConstrained = true });
        map.LinkTo(end, new DataflowLinkOptions { PropagateCompletion = true });
        foreach (var n in Numbers())
        {
            await map.SendAsync(n);
        }

        map.Complete();
        await end.Completion;
    }

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.Run(run);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Elements;
    }

    private static IEnumerable<long> Numbers()
    {
        for (long n = 0; n < Elements; n++)
        {
            yield return n;
        }
    }
}
