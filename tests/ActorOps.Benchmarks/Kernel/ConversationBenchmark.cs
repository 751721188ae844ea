using System.Diagnostics;
using System.Threading.Channels;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>Round trips: between two actors, from a task to an actor, and as a baseline between two tasks over two channels.</summary>
internal static class ConversationBenchmark
{
    private const int Trips = 500_000;

    public static async Task RunAsync()
    {
        var channels = new List<double>();
        var actors = new List<double>();
        var asks = new List<double>();
        for (var round = 0; round < 7; round++)
        {
            channels.Add(await ChannelsAsync());
            actors.Add(await PingPongAsync());
            asks.Add(await AskAsync());
        }

        Figures.Print("ping-pong", Figures.Percentile(actors, 0.5), "ns", "two_channels_two_tasks", Figures.Percentile(channels, 0.5));
        Figures.Print("ask", Figures.Percentile(asks, 0.5), "ns", "two_channels_two_tasks", Figures.Percentile(channels, 0.5));
    }

    private static async Task<double> ChannelsAsync()
    {
        var there = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var back = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var echo = Task.Run(async () =>
        {
            for (var i = 0; i < Trips; i++)
            {
                back.Writer.TryWrite(await there.Reader.ReadAsync());
            }
        });
        var message = new object();
        var started = Stopwatch.GetTimestamp();
        await Task.Run(async () =>
        {
            for (var i = 0; i < Trips; i++)
            {
                there.Writer.TryWrite(message);
                await back.Reader.ReadAsync();
            }
        });
        await echo;
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Trips;
    }

    private static async Task<double> PingPongAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var echo = system.ActorOf(Props.Create(() => new EchoActor()));
        var pinger = system.ActorOf(Props.Create(() => new PingActor(echo, done)));
        var started = Stopwatch.GetTimestamp();
        pinger.Tell(new object());
        await done.Task;
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Trips;
        await system.StopAsync();
        return elapsed;
    }

    private static async Task<double> AskAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var echo = system.ActorOf(Props.Create(() => new EchoActor()));
        var message = new object();
        var timeout = TimeSpan.FromSeconds(5);
        var started = Stopwatch.GetTimestamp();
        await Task.Run(async () =>
        {
            for (var i = 0; i < Trips; i++)
            {
                await echo.Ask<object>(message, timeout, TimeProvider.System);
            }
        });
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Trips;
        await system.StopAsync();
        return elapsed;
    }

    private sealed class PingActor(ActorRef echo, TaskCompletionSource done) : Actor
    {
        private int _trips;

        protected override ValueTask Receive(object message)
        {
            if (_trips++ == Trips)
            {
                done.SetResult();
            }
            else
            {
                echo.Tell(message, Self);
            }

            return default;
        }
    }
}
