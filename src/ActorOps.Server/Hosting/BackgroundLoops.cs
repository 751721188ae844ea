using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Http.Quotas;

namespace ActorOps.Server.Hosting;

/// <summary>What a node does by the clock: the kill-switch file, control events, the terminal.</summary>
internal sealed class BackgroundLoops(NodeServices services, KillSignal signal) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _fileChanged = new(0);
    private readonly List<Task> _running = [];
    private readonly DescriptorReserve _reserve = new();
    private FileSystemWatcher? _watcher;
    private KillSocket? _socket;

    /// <summary>From now on the file, the signal and the kill socket trip: as early as trips are taken, and before what the node may have to wait for.</summary>
    public void WatchForTrips()
    {
        var options = services.Configuration.Options.KillSwitch;
        var path = options.PathIn(services.Directory.Path);
        var file = new KillSwitchFile(path, services.Ops.KillSwitch, TimeProvider.System, services.Log) { Unknown = services.Ops.Unknown, WhenKnown = services.Ops.WhenReady };
        Watch(path);
        signal.Arm(OnSignal);
        _socket = KillSocket.TryStart(services.Directory.Path, _reserve, new LocalTrips(services).TripAsync, TimeProvider.System, services.Log);
        _running.Add(RepeatAsync(async () =>
        {
            await LookAsync(file).ConfigureAwait(false);
            await _fileChanged.WaitAsync(options.FilePoll, _stop.Token).ConfigureAwait(false);
        }, TimeSpan.Zero));
    }

    /// <summary>All the rest, once the node knows what the journal knows.</summary>
    public void Start()
    {
        new Narrator(services).Start();
        _running.AddRange(services.Cluster.Loops().Select(loop => RepeatAsync(() => loop.Turn(_stop.Token), loop.Pause)));
        _running.Add(RepeatAsync(() =>
        {
            services.Supervisors.Remember();
            services.Situation.Read();
            return Task.CompletedTask;
        }, TimeSpan.FromSeconds(1)));
        _running.Add(RepeatAsync(() => services.Ops.TickAsync(_stop.Token), TimeSpan.FromSeconds(1)));
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _watcher?.Dispose();
        _socket?.Dispose();
        signal.Dispose();
        await Task.WhenAll(_running).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _reserve.Dispose();
        _fileChanged.Dispose();
        _stop.Dispose();
    }

    /// <summary>One look at the kill-switch file, even where the process has no descriptor left.</summary>
    private async Task LookAsync(KillSwitchFile file)
    {
        if (_reserve.FreeIfNeeded())
        {
            QuotaLog.ReserveUsed(services.Log);
        }

        await file.CheckAsync().ConfigureAwait(false);
        _reserve.Fill();
    }

    private void OnSignal()
    {
        _ = services.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "signal", "signal", "unknown") { Origin = TripOrigin.Signal, Reason = "SIGUSR1", Cause = $"process {Environment.ProcessId}" });
    }

    private void Watch(string path)
    {
        services.Ops.Board.Changed += () => _fileChanged.Release();
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Created += (_, _) => _fileChanged.Release();
            _watcher.Changed += (_, _) => _fileChanged.Release();
            _watcher.Deleted += (_, _) => _fileChanged.Release();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // The poll sees the file a second later.
            ServerLog.WatchFailed(services.Log, path, error);
        }
    }

    private async Task RepeatAsync(Func<Task> step, TimeSpan pause)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await step().ConfigureAwait(false);
                await Task.Delay(pause, TimeProvider.System, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // a loop of the node must outlive a failed turn; the log has the failure
            catch (Exception error)
#pragma warning restore CA1031
            {
                ServerLog.LoopFailed(services.Log, error);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
