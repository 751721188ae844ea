using System.Diagnostics;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>Nanoseconds a message, from the first tell to the last receive. Rounds of every contender take turns; the best of each counts.</summary>
internal static class TellBenchmark
{
    private const int Messages = 5_000_000;
    private const int Rounds = 7;

    public static async Task RunAsync()
    {
        var channel = new List<double>();
        var block = new List<double>();
        var oneToOne = new List<double>();
        var channelMany = new List<double>();
        var manyToOne = new List<double>();
        var oneToMany = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            channel.Add(await ChannelAsync(producers: 1));
            oneToOne.Add(await TellAsync(producers: 1, actors: 1));
            block.Add(await ActionBlockAsync());
            channelMany.Add(await ChannelAsync(producers: 2));
            manyToOne.Add(await TellAsync(producers: 2, actors: 1));
            oneToMany.Add(await TellAsync(producers: 1, actors: 100));
        }

        Figures.Print("tell-1-to-1", oneToOne.Min(), "ns", "channel_object_loop", channel.Min());
        Figures.Print("tell-1-to-1-median", Figures.Percentile(oneToOne, 0.5), "ns", "channel_object_loop_median", Figures.Percentile(channel, 0.5));
        Figures.Print("tell-1-to-1-dataflow", oneToOne.Min(), "ns", "action_block", block.Min());
        Figures.Print("tell-2-to-1", manyToOne.Min(), "ns", "channel_object_loop_2_writers", channelMany.Min());
        Figures.Print("tell-1-to-100", oneToMany.Min(), "ns", "channel_object_loop", channel.Min());
        Figures.Print("tell-allocation", await AllocationAsync(), "bytes", "none", 0);
    }

    private static async Task<double> ChannelAsync(int producers)
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = producers == 1 });
        var message = new object();
        var started = Stopwatch.GetTimestamp();
        var consumer = Task.Run(async () =>
        {
            var count = 0;
            while (count < Messages && await channel.Reader.WaitToReadAsync())
            {
                while (channel.Reader.TryRead(out _))
                {
                    count++;
                }
            }
        });
        await ProduceAsync(producers, () => channel.Writer.TryWrite(message));
        await consumer;
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
    }

    private static async Task<double> ActionBlockAsync()
    {
        var count = 0;
        var block = new ActionBlock<object>(_ => count++, new ExecutionDataflowBlockOptions { SingleProducerConstrained = true });
        var message = new object();
        var started = Stopwatch.GetTimestamp();
        await ProduceAsync(1, () => block.Post(message));
        block.Complete();
        await block.Completion;
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
    }

    private static async Task<double> TellAsync(int producers, int actors)
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var done = Enumerable.Range(0, actors).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var refs = done.Select(each => system.ActorOf(Props.Create(() => new CountingActor(Messages / actors, each)))).ToArray();
        var message = new object();
        var started = Stopwatch.GetTimestamp();
        if (actors == 1)
        {
            var actor = refs[0];
            await ProduceAsync(producers, () => actor.Tell(message));
        }
        else
        {
            var next = 0;
            await ProduceAsync(producers, () => refs[next++ % actors].Tell(message));
        }

        await Task.WhenAll(done.Select(each => each.Task));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
        await system.StopAsync();
        return elapsed;
    }

    private static Task ProduceAsync(int producers, Action send) => Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(() =>
    {
        for (var i = 0; i < Messages / producers; i++)
        {
            send();
        }
    })));

    /// <summary>Bytes a tell, sender and receiver together, with no more than a thousand messages waiting.</summary>
    private static async Task<double> AllocationAsync()
    {
        const int batches = 2000;
        const int each = 1000;
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var message = new object();
        await SendAsync(system, each, 20, message);
        var before = GC.GetTotalAllocatedBytes(true);
        await SendAsync(system, each, batches, message);
        var bytes = GC.GetTotalAllocatedBytes(true) - before;
        await system.StopAsync();
        return bytes / (double)(batches * each);
    }

    private static async Task SendAsync(ActorSystem system, int each, int batches, object message)
    {
        var signal = new AutoResetSignal();
        var actor = system.ActorOf(Props.Create(() => new BatchActor(each, signal)));
        for (var batch = 0; batch < batches; batch++)
        {
            for (var i = 0; i < each; i++)
            {
                actor.Tell(message);
            }

            signal.Wait();
        }

        await Task.CompletedTask;
    }

    private sealed class AutoResetSignal
    {
        private int _set;

        public void Set() => Volatile.Write(ref _set, 1);

        public void Wait()
        {
            var spin = default(SpinWait);
            while (Interlocked.Exchange(ref _set, 0) == 0)
            {
                spin.SpinOnce();
            }
        }
    }

    private sealed class BatchActor(int each, AutoResetSignal signal) : Actor
    {
        private int _count;

        protected override ValueTask Receive(object message)
        {
            if (++_count % each == 0)
            {
                signal.Set();
            }

            return default;
        }
    }
}
