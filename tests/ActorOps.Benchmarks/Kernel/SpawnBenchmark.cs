using System.Diagnostics;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>Actors come and go: create, one message, stop, hear of the end; and a million that stay.</summary>
internal static class SpawnBenchmark
{
    private const int Actors = 300_000;
    private const int Idle = 1_000_000;
    private static readonly Props IdleProps = Props.Create(() => new IdleActor());

    public static async Task RunAsync()
    {
        var spawns = new List<double>();
        var tasks = new List<double>();
        for (var round = 0; round < 7; round++)
        {
            spawns.Add(await SpawnAsync());
            tasks.Add(await TasksAsync());
        }

        Figures.Print("spawn-and-stop", Figures.Percentile(spawns, 0.5), "ns", "task_run_and_await", Figures.Percentile(tasks, 0.5));
        await MemoryAsync();
    }

    private static async Task<double> SpawnAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var nursery = system.ActorOf(Props.Create(() => new NurseryActor()));
        var started = Stopwatch.GetTimestamp();
        await nursery.Ask<string>(Actors, TimeSpan.FromMinutes(1), TimeProvider.System);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Actors;
        await system.StopAsync();
        return elapsed;
    }

    private static async Task<double> TasksAsync()
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Actors / 100; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(static () => { })));
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Actors;
    }

    private static async Task MemoryAsync()
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var nursery = system.ActorOf(Props.Create(() => new CrowdActor()));
        var before = GC.GetTotalMemory(true);
        var started = Stopwatch.GetTimestamp();
        var refs = await nursery.Ask<ActorRef[]>(Idle, TimeSpan.FromMinutes(1), TimeProvider.System);
        await refs[^1].Ask<object>(new object(), TimeSpan.FromSeconds(1), TimeProvider.System).ContinueWith(static _ => { }, TaskScheduler.Default);
        var created = Stopwatch.GetElapsedTime(started).TotalMilliseconds - 1000;
        Figures.Print("idle-actor", ((GC.GetTotalMemory(true) - before) / (double)Idle) - IntPtr.Size, "bytes", "budget", 500);
        foreach (var actor in refs)
        {
            actor.Tell(IdleProps);
        }

        await DrainedAsync(system);
        Figures.Print("idle-actor-once-used", ((GC.GetTotalMemory(true) - before) / (double)Idle) - IntPtr.Size, "bytes", "budget", 500);
        Figures.Print("one-million-actors", created, "ms", "none", 0);
        GC.KeepAlive(refs);
        await system.StopAsync();
    }

    private static async Task DrainedAsync(ActorSystem system)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (system.Summaries().Sum(sum => sum.MailboxDepth) > 0)
        {
            await ticks.WaitForNextTickAsync();
        }
    }

    /// <summary>Keeps 64 actors alive until so many have come and gone.</summary>
    private sealed class NurseryActor : Actor
    {
        private ActorRef _asker = ActorRef.NoSender;
        private int _left;
        private int _alive;

        protected override ValueTask Receive(object message)
        {
            if (message is int count)
            {
                (_left, _asker) = (count, Sender);
                for (var i = 0; i < 64; i++)
                {
                    Next();
                }
            }
            else if (--_alive == 0 && _left == 0)
            {
                _asker.Tell("all gone");
            }
            else if (_left > 0)
            {
                Next();
            }

            return default;
        }

        private void Next()
        {
            (_left, _alive) = (_left - 1, _alive + 1);
            var child = Context.ActorOf(IdleProps);
            Context.Watch(child);
            child.Tell(PoisonPill.Instance);
        }
    }

    private sealed class CrowdActor : Actor
    {
        protected override ValueTask Receive(object message)
        {
            var refs = new ActorRef[(int)message];
            for (var i = 0; i < refs.Length; i++)
            {
                refs[i] = Context.ActorOf(IdleProps);
            }

            Sender.Tell(refs);
            return default;
        }
    }
}
