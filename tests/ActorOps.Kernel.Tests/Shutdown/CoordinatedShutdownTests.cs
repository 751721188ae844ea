using ActorOps.Kernel.Shutdown;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Kernel.Tests.Shutdown;

public class CoordinatedShutdownTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public async Task Phases_run_in_order_a_failing_task_stops_nothing_and_a_hanging_phase_ends_at_its_time()
    {
        var order = new List<string>();
        var shutdown = new CoordinatedShutdown(
            [new("first", TimeSpan.FromSeconds(1)), new("second", TimeSpan.FromSeconds(1)), new("third", TimeSpan.FromSeconds(1))], _time, NullLogger.Instance);
        var hanging = new TaskCompletionSource();
        shutdown.Add("third", "last", _ => Note(order, "third"));
        shutdown.Add("first", "bad", _ => throw new InvalidOperationException("asked to fail"));
        shutdown.Add("first", "good", _ => Note(order, "first"));
        shutdown.Add("second", "hangs", _ => hanging.Task);
        var run = shutdown.RunAsync();
        Assert.Same(run, shutdown.RunAsync());
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });
        Assert.Equal(["first", "third"], order);
    }

    [Fact]
    public void An_unknown_phase_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CoordinatedShutdown([], _time, NullLogger.Instance).Add("x", "y", _ => Task.CompletedTask));

    private static Task Note(List<string> order, string what)
    {
        lock (order)
        {
            order.Add(what);
        }

        return Task.CompletedTask;
    }
}
