using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Kernel.Persistence;
using ActorOps.Server.Configuration;
using ActorOps.Storage;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Hosting;

/// <summary>
/// A service manager for machines without one: starts the node, waits for its end, and starts it again when it was declared down or has crashed. Who has
/// waited for a process knows that it is dead: that is told to the store, so that the others need not wait for its lease to run out.
/// </summary>
internal sealed partial class Supervising(IReadOnlyList<string> arguments, NodeConfiguration configuration) : IDisposable
{
    private const int Terminate = 15;

    /// <summary>Exit code of a process that died of a signal, less the signal.</summary>
    private const int DiedOf = 128;
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProofWithin = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private Process? _child;
    private int _port;

    public async Task<int> RunAsync()
    {
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, PassOn);
        using var tripped = PosixSignalRegistration.Create((PosixSignal)KillSignal.Number, PassOnTrip);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, PassOn);
        var hasLived = false;
        for (var failures = 0; ; failures++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. arguments, .. SamePort()]))!;
            _child = child;
            var ended = child.WaitForExitAsync();
            await NotePortAsync(child, ended).ConfigureAwait(false);
            await ended.ConfigureAwait(false);
            _child = null;
            var code = child.ExitCode;
            if (code == DiedOf + KillSignal.Number)
            {
                // It came too early for the process to hear it.
                LeaveTrip();
            }

            if (code is 0 or 2 || (code == 1 && !hasLived) || _stop.IsCancellationRequested)
            {
                // Done, or refused at its first start: neither gets better by trying again. What keeps one away that was there before, as a full disk, may pass.
                return code;
            }

            hasLived = true;
            failures = TimeProvider.System.GetElapsedTime(started) > Stable ? 0 : failures;
            await Console.Error.WriteLineAsync($"the node has ended with code {code}{(code == NodeHost.FencedExitCode ? " (declared down)" : string.Empty)}; it is started again").ConfigureAwait(false);
            await ProveDeathAsync().ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5000, 200 << Math.Min(failures, 5))), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return code;
            }
        }
    }

    /// <summary>A free port was asked for and one was found: desks and people know it, so a node that is started again takes the same.</summary>
    private string[] SamePort() => _port > 0 ? ["--set", $"actorops.http.port={_port}"] : [];

    private async Task NotePortAsync(Process child, Task ended)
    {
        while (configuration.Options.Http.Port == 0 && !ended.IsCompleted)
        {
            try
            {
                var endpoint = JsonSerializer.Deserialize(await File.ReadAllTextAsync(Path.Combine(configuration.Options.Data, "endpoint.json")).ConfigureAwait(false), WireJson.Default.EndpointFile);
                if (endpoint?.Pid == child.Id && Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url))
                {
                    _port = url.Port;
                    return;
                }
            }
            catch (Exception notYet) when (notYet is IOException or UnauthorizedAccessException or JsonException)
            {
                // It is not ready.
            }

            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System)).ConfigureAwait(false);
        }
    }

    /// <summary>Frees what the dead process held. If the store does not answer, its lease runs out.</summary>
    private async Task ProveDeathAsync()
    {
        var options = configuration.Options;
        if (!options.Cluster.IsShared || LifeFile.Read(options.Data) is not { } life)
        {
            return;
        }

        try
        {
            var store = await PostgresStore.OpenAsync(StoreOpening.Settings(options.Cluster), TimeProvider.System).WaitAsync(ProofWithin, TimeProvider.System).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var result = await store.Membership.EvictAsync(life, 0, proven: true).ConfigureAwait(false);
                store.Doorbell.Ring();
                await Console.Error.WriteLineAsync($"{life} is dead, which the others know now ({result})").ConfigureAwait(false);
            }

            LifeFile.Delete(options.Data);
        }
        catch (Exception reason) when (reason is JournalUnavailableException or TimeoutException or StoreRefusedException)
        {
            await Console.Error.WriteLineAsync($"the store could not be told that {life} is dead: {reason.Message}").ConfigureAwait(false);
        }
    }

    public void Dispose() => _stop.Dispose();

    private void PassOn(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
        if (_child is { HasExited: false } child)
        {
            _ = Kill(child.Id, Terminate);
        }
    }

    private void PassOnTrip(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_child is not { HasExited: false } child || Kill(child.Id, KillSignal.Number) != 0)
        {
            LeaveTrip();
        }
    }

    /// <summary>There is no process that could trip: the next one finds the file before it does anything.</summary>
    private void LeaveTrip()
    {
        var path = configuration.Options.KillSwitch.PathIn(configuration.Options.Data);
        try
        {
            File.WriteAllText(path, """{"reason":"SIGUSR1"}""");
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"SIGUSR1 came while no node was there to trip, and {path} could not be written: {reason.Message}. Trip at another node.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
