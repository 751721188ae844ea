using System.Diagnostics;
using System.Threading.Channels;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks;

internal static class TellBenchmark
{
    private const int Messages = 5_000_000;

    public static async Task RunAsync()
    {
        var channel = new List<double>();
        var tell = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            channel.Add(await ChannelAsync());
            tell.Add(await TellAsync());
        }

        Figures.Print("tell-1-to-1", tell.Min(), "ns", "channel_object_loop", channel.Min());
    }

    private static async Task<double> ChannelAsync()
    {
        var channel = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
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
        await Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
            {
                channel.Writer.TryWrite(message);
            }
        });
        await consumer;
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
    }

    private static async Task<double> TellAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Props.Create(() => new Counter(done)));
        var message = new object();
        var started = Stopwatch.GetTimestamp();
        await Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
            {
                actor.Tell(message);
            }
        });
        await done.Task;
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Messages;
        await system.StopAsync();
        return elapsed;
    }

    private sealed class Counter(TaskCompletionSource done) : Actor
    {
        private int _count;

        protected override ValueTask Receive(object message)
        {
            if (++_count == Messages)
            {
                done.SetResult();
            }

            return default;
        }
    }
}
