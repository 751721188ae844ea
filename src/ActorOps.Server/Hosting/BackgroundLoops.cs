using ActorOps.Ops.KillSwitches;

namespace ActorOps.Server.Hosting;

/// <summary>What a node does by the clock: the kill-switch file, control events, the terminal.</summary>
internal sealed class BackgroundLoops(NodeServices services) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _fileChanged = new(0);
    private FileSystemWatcher? _watcher;
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        var options = services.Configuration.Options.KillSwitch;
        var path = options.File.Length > 0 ? Path.GetFullPath(options.File) : Path.Combine(services.Directory.Path, "KILL_SWITCH");
        var file = new KillSwitchFile(path, services.Ops.KillSwitch, TimeProvider.System, services.Log);
        Watch(path);
        new Narrator(services).Start();
        _running = Task.WhenAll(
        [
            .. services.Cluster.Loops().Select(loop => RepeatAsync(() => loop.Turn(_stop.Token), loop.Pause)),
            RepeatAsync(async () =>
            {
                await file.CheckAsync().ConfigureAwait(false);
                await _fileChanged.WaitAsync(options.FilePoll, _stop.Token).ConfigureAwait(false);
            }, TimeSpan.Zero),
            RepeatAsync(() => services.Ops.Gates.TickAsync(), TimeSpan.FromSeconds(1)),
        ]);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _watcher?.Dispose();
        await _running.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _fileChanged.Dispose();
        _stop.Dispose();
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
            // The poll sees it all the same, a second later.
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
#pragma warning disable CA1031 // a loop of the node must outlive whatever one turn of it meets; the log says what that was
            catch (Exception error)
#pragma warning restore CA1031
            {
                ServerLog.LoopFailed(services.Log, error);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
