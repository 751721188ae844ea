using Microsoft.Extensions.Logging;

namespace ActorOps.Kernel.Shutdown;

/// <summary>
/// Leaves the house in a fixed order: each phase's tasks run together, the next phase begins when they end or when its time is up.
/// Runs once; later calls await the first.
/// </summary>
public sealed class CoordinatedShutdown(IReadOnlyList<ShutdownPhase> phases, TimeProvider time, ILogger log)
{
    private readonly List<(string Phase, string Name, Func<CancellationToken, Task> Run)> _tasks = [];
    private readonly Lock _lock = new();
    private Task? _running;

    /// <summary>Adds a task to a phase.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void Add(string phase, string name, Func<CancellationToken, Task> task)
    {
        if (phases.All(known => known.Name != phase))
        {
            throw new ArgumentException($"'{phase}' is not one of the phases: {string.Join(", ", phases.Select(known => known.Name))}.", nameof(phase));
        }

        lock (_lock)
        {
            _tasks.Add((phase, name, task));
        }
    }

    /// <summary>Runs every phase in order. Never throws: what fails or takes too long is logged, and the rest goes on.</summary>
    public Task RunAsync()
    {
        lock (_lock)
        {
            return _running ??= Task.Run(RunPhasesAsync);
        }
    }

    private async Task RunPhasesAsync()
    {
        foreach (var phase in phases)
        {
            using var cancellation = new CancellationTokenSource(phase.Timeout, time);
            var tasks = _tasks.Where(task => task.Phase == phase.Name).Select(task => RunTaskAsync(task.Phase, task.Name, task.Run, cancellation.Token));
            try
            {
                await Task.WhenAll(tasks).WaitAsync(phase.Timeout, time);
            }
            catch (TimeoutException)
            {
                KernelLog.PhaseTimedOut(log, phase.Name, phase.Timeout);
            }
        }
    }

    private async Task RunTaskAsync(string phase, string name, Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        try
        {
            await run(cancellation);
        }
#pragma warning disable CA1031 // a task that fails must not keep the others from running
        catch (Exception reason)
#pragma warning restore CA1031
        {
            KernelLog.ShutdownTaskFailed(log, name, phase, reason);
        }
    }
}
