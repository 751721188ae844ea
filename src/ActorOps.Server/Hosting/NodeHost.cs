using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Kernel;
using ActorOps.Kernel.Scheduling;
using ActorOps.Kernel.Shutdown;
using ActorOps.Ops;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Configuration;
using ActorOps.Server.Http;
using ActorOps.Server.Logging;
using ActorOps.Storage.DataDirectories;
using ActorOps.Storage.Sqlite;

namespace ActorOps.Server.Hosting;

/// <summary>
/// One node from start to end. Order of the start: data directory, latch, store, actors, doors; a node that is asked for anything has read
/// its latch. The end goes the other way.
/// </summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly CoordinatedShutdown _shutdown;

    private NodeHost(WebApplication web, CoordinatedShutdown shutdown, NodeServices services) => (_web, _shutdown, Services) = (web, shutdown, services);

    public NodeServices Services { get; }

    public string Url { get; private set; } = string.Empty;

    public static async Task<NodeHost> StartAsync(NodeConfiguration configuration, TextWriter console)
    {
        var options = configuration.Options;
        var directory = DataDirectory.Open(options.Data, options.Node.Id);
        var logs = NodeLogging.Create(options.Logs, directory.Path);
        var log = logs.CreateLogger("ActorOps.Server");
        try
        {
            var (latch, content) = TripLatch.Open(Path.Combine(directory.Path, "trips.latch"), directory.IsNew, log);
            var store = SqliteStore.Open(Path.Combine(directory.Path, "store.db"), TimeProvider.System, log);
            var system = new ActorSystem(BootTimeProvider.Instance, logs, new ActorSystemOptions
            {
                GuardianStrategy = OpsSystem.GuardianStrategy,
                SlowMessageThreshold = options.SlowMessage > TimeSpan.Zero ? options.SlowMessage : null,
            });
            var killSwitch = new KillSwitchServices(new KillSwitchBoard(), latch, options.KillSwitch, options.Node.Id, log);
            LatchStart.Merge(content, killSwitch, options.Node.Id, system.TimeProvider.GetUtcNow());
            var identity = new GateIdentity(options.Node.Id, store.Generation, store.Epoch, system.TimeProvider);
            var ops = OpsSystem.Start(
                system,
                new OpsStore(store.Journal, store.Snapshots, store.Outbox, store.Epoch),
                new OpsOptions { Rules = options.Rules, KillSwitch = options.KillSwitch, Gate = options.Gate },
                killSwitch,
                identity,
                options.Node.Region);
            await ops.WhenReady.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(false);
            var services = new NodeServices(configuration, ops, system, store, identity) { Directory = directory, Console = console, Log = log };
            services.Metrics.Observe(services);
            await FirstStart.RunAsync(services).ConfigureAwait(false);
            return await OpenDoorsAsync(services, logs, latch).ConfigureAwait(false);
        }
        catch
        {
            directory.Dispose();
            logs.Dispose();
            throw;
        }
    }

    public Task WaitForEndAsync() => _web.WaitForShutdownAsync();

    public async ValueTask DisposeAsync() => await _shutdown.RunAsync().ConfigureAwait(false);

    private static async Task<NodeHost> OpenDoorsAsync(NodeServices services, ILoggerFactory logs, TripLatch latch)
    {
        var options = services.Configuration.Options;
        var web = WebHost.Build(services, logs);
        var timeout = options.ShutdownTimeout;
        var shutdown = new CoordinatedShutdown(
            [new("close-doors", timeout / 2), new("stop-actors", timeout / 4), new("close-store", timeout / 4)], TimeProvider.System, services.Log);
        var node = new NodeHost(web, shutdown, services);
        var background = new BackgroundLoops(services);
        shutdown.Add("close-doors", "web", web.StopAsync);
        shutdown.Add("close-doors", "loops", _ => background.StopAsync());
        shutdown.Add("stop-actors", "actors", _ => services.System.StopAsync());
        shutdown.Add("close-store", "store", async _ =>
        {
            await services.Store.DisposeAsync().ConfigureAwait(false);
            latch.Dispose();
            File.Delete(Path.Combine(services.Directory.Path, "endpoint.json"));
            services.Directory.Dispose();
            logs.Dispose();
        });
        await web.StartAsync().ConfigureAwait(false);
        // "Every address" is none to connect to: those on this machine go by localhost.
        node.Url = web.Urls.First().Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal);
        background.Start();
        Announce(services, node.Url);
        return node;
    }

    private static void Announce(NodeServices services, string url)
    {
        var path = services.Directory.Path;
        var endpoint = new EndpointFile(url, Environment.ProcessId, services.Identity.Node, Path.Combine(path, "admin.token"), Path.Combine(path, "desk.token"));
        AtomicFile.Write(Path.Combine(path, "endpoint.json"), JsonSerializer.Serialize(endpoint, WireJson.Default.EndpointFile));
        services.Say($"node {services.Identity.Node} is ready: {url}/minimal (token in {endpoint.TokenFile})");
    }
}
