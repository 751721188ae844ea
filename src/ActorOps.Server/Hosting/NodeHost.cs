using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Integrations.Alpaca;
using ActorOps.Kernel;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Scheduling;
using ActorOps.Kernel.Shutdown;
using ActorOps.Ops;
using ActorOps.Ops.Brokers;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Models;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Clustering;
using ActorOps.Server.Configuration;
using ActorOps.Server.Http;
using ActorOps.Server.Logging;
using ActorOps.Storage;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>
/// One node from start to end. Order of the start: ports, data directory, latch, store, membership, actors, doors, and only then a part in the cluster's work; a
/// node that is asked for anything has read its latch. The end goes the other way.
/// </summary>
internal sealed class NodeHost : IAsyncDisposable
{
    /// <summary>Exit code of a node that was declared down: its service manager starts it again, and it joins as a new incarnation.</summary>
    public const int FencedExitCode = 75;

    private readonly WebApplication _web;
    private readonly CoordinatedShutdown _shutdown;

    private NodeHost(WebApplication web, CoordinatedShutdown shutdown, NodeServices services) => (_web, _shutdown, Services) = (web, shutdown, services);

    public NodeServices Services { get; }

    public string Url { get; private set; } = string.Empty;

    /// <summary>Every route that is mapped.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _web.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>What the process ends with.</summary>
    public int ExitCode => Services.Cluster.Node.Lease.Fenced.IsCancellationRequested ? FencedExitCode : 0;

    public static async Task<NodeHost> StartAsync(NodeConfiguration configuration, TextWriter console, CancellationToken cancellation = default)
    {
        var options = configuration.Options;
        var signal = new KillSignal();
        NodePorts? ports = null;
        DataDirectory? directory = null;
        ILoggerFactory? logs = null;
        IStore? store = null;
        ClusterHost? cluster = null;
        try
        {
            DescriptorLimit.Check();
            // Before anything else is opened: a second process on the same port leaves no trace.
            ports = NodePorts.Open(options);
            directory = DataDirectory.Open(options.Data, options.Node.Id);
            logs = NodeLogging.Create(options.Logs, directory.Path);
            var log = logs.CreateLogger("ActorOps.Server");
            var (latch, content) = TripLatch.Open(Path.Combine(directory.Path, "trips.latch"), directory.IsNew, log);
            var clock = new NodeClock();
            // By the machine's own clock: the store measures how far that is off, and must not measure its own correction.
            store = await StoreOpening.OpenAsync(options, directory.Path, BootTimeProvider.Instance, log, console.WriteLine, cancellation).ConfigureAwait(false);
            clock.Offset = () => store.ClockOffset;
            var system = new ActorSystem(clock, logs, new ActorSystemOptions
            {
                GuardianStrategy = OpsSystem.GuardianStrategy,
                SlowMessageThreshold = options.SlowMessage > TimeSpan.Zero ? options.SlowMessage : null,
            });
            var killSwitch = new KillSwitchServices(new KillSwitchBoard(), latch, options.KillSwitch, options.Node.Id, log);
            LatchStart.Merge(content, killSwitch, options.Node.Id, clock.GetUtcNow());
            cluster = await JoinAsync(options, ports, store, system, log, console).ConfigureAwait(false);
            LifeFile.Write(directory.Path, cluster.Node.Lease.Key);
            var (ops, identity) = StartOps(options, directory.Path, system, store, killSwitch, cluster);
            var services = new NodeServices(configuration, ops, system, store, identity) { Directory = directory, Cluster = cluster, Console = console, Log = log };
            services.Metrics.Observe(services);
            return await OpenDoorsAsync(services, killSwitch, signal, ports, logs, latch).ConfigureAwait(false);
        }
        catch
        {
            ports?.Dispose();
            if (cluster is not null)
            {
                await cluster.DisposeAsync().ConfigureAwait(false);
            }

            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            directory?.Dispose();
            logs?.Dispose();
            signal.Dispose();
            throw;
        }
    }

    public Task WaitForEndAsync() => _web.WaitForShutdownAsync();

    public async ValueTask DisposeAsync() => await _shutdown.RunAsync().ConfigureAwait(false);

    private static (OpsSystem Ops, GateIdentity Identity) StartOps(NodeOptions options, string data, ActorSystem system, IStore store, KillSwitchServices killSwitch, ClusterHost cluster)
    {
        var time = system.TimeProvider;
        var identity = new GateIdentity(options.Node.Id, cluster.Node.Lease.Key.Incarnation, time)
        {
            Epoch = () => cluster.Peers.Grants.Find("kill-switch")?.Epoch ?? Cluster.Leases.Epochs.Combine(store.Generation, 0),
            TrustLeft = () => cluster.TrustLeft,
        };
        var ops = OpsSystem.Start(
            system,
            new OpsStore(store.Journal, store.Snapshots, store.Outbox),
            new OpsOptions { Rules = options.Rules, KillSwitch = options.KillSwitch, Gate = options.Gate, Outside = Outside(options, data, time) },
            killSwitch,
            identity,
            cluster.Peers);
        cluster.Bind(ops, killSwitch, options.Cluster);
        return (ops, identity);
    }

    private static OpsOutside Outside(NodeOptions options, string data, TimeProvider time)
    {
        var (rollback, usual) = (options.Rollback, OpsOutside.Under(data));
        return usual with
        {
            Brokers = new BrokerConnections(options.Brokers.Select(broker => new AlpacaConnection(broker.Key, broker.Value, time))),
            Models = rollback.ModelDirectory.Length > 0 ? new ModelFiles(Path.GetFullPath(rollback.ModelDirectory)) : usual.Models,
            KillSwitchFile = options.KillSwitch.PathIn(data),
            ConfigDirectory = rollback.ConfigDirectory.Length > 0 ? Path.GetFullPath(rollback.ConfigDirectory) : usual.ConfigDirectory,
            Rollback = rollback,
        };
    }

    private static Task<ClusterHost> JoinAsync(NodeOptions options, NodePorts ports, IStore store, ActorSystem system, ILogger log, TextWriter console)
    {
        var catalog = new MessageCatalog(OpsMessages.All);
        var peers = new ClusterPeers(system, options.Node.Region, catalog);
        var description = new NodeDescription(options.Node.Region, [.. options.Node.Roles.Order(StringComparer.Ordinal)], ports.LinkAddress, NodeServices.Version, LinkHandshake.Protocol, 1, options.Node.Weight) { Url = ports.Url };
        var links = new LinkServicesFactory(options.Cluster, catalog, peers, system.TimeProvider, log);
        return ClusterHost.JoinAsync(options, description, store, peers, links, system.TimeProvider, log, console.WriteLine);
    }

    private static async Task<NodeHost> OpenDoorsAsync(NodeServices services, KillSwitchServices killSwitch, KillSignal signal, NodePorts ports, ILoggerFactory logs, TripLatch latch)
    {
        var web = WebHost.Build(services, killSwitch, ports, logs);
        var timeout = services.Configuration.Options.ShutdownTimeout;
        var shutdown = new CoordinatedShutdown(
            [new("leave", timeout * 0.6), new("close-doors", timeout * 0.2), new("stop-actors", timeout * 0.1), new("close-store", timeout * 0.1)], TimeProvider.System, services.Log);
        var node = new NodeHost(web, shutdown, services);
        var background = new BackgroundLoops(services, signal);
        shutdown.Add("leave", "cluster", _ => services.Cluster.LeaveAsync());
        shutdown.Add("close-doors", "web", web.StopAsync);
        var denials = services.Denials;
        shutdown.Add("close-doors", "denials", _ =>
        {
            denials.Dispose();
            return Task.CompletedTask;
        });
        shutdown.Add("close-doors", "loops", _ => background.StopAsync());
        shutdown.Add("stop-actors", "cluster", async _ => await services.Cluster.DisposeAsync().ConfigureAwait(false));
        shutdown.Add("stop-actors", "actors", _ => services.System.StopAsync());
        shutdown.Add("close-store", "store", async _ =>
        {
            await services.Store.DisposeAsync().ConfigureAwait(false);
            latch.Dispose();
            File.Delete(Path.Combine(services.Directory.Path, "endpoint.json"));
            LifeFile.Delete(services.Directory.Path);
            services.Directory.Dispose();
            logs.Dispose();
        });
        services.BreakGlass = BreakGlass.Open(services.Directory.Path, services.Log);
        WatchTheStore(services);
        await web.StartAsync().ConfigureAwait(false);
        node.Url = ports.Url;
        background.WatchForTrips();
        services.Cluster.LeaveAsked = web.Lifetime.StopApplication;
        services.Cluster.Node.Lease.Fenced.Register(() => EndFenced(services, web));
        await ComeUpAsync(services, background, node.Url, web.Lifetime.ApplicationStopping).ConfigureAwait(false);
        return node;
    }

    /// <summary>
    /// Joins the cluster's work and announces the node. While it waits for the store it may be told to stop, or be declared down: then it stops here and does not announce
    /// that it is ready.
    /// </summary>
    private static async Task ComeUpAsync(NodeServices services, BackgroundLoops background, string url, CancellationToken ending)
    {
        try
        {
            await RecoverAsync(services, ending).ConfigureAwait(false);
            background.Start();
            if (await services.Cluster.Node.StartAsync(ending).ConfigureAwait(false))
            {
                await FirstStart.RunAsync(services, ending).ConfigureAwait(false);
                Announce(services, url);
            }
        }
        catch (Exception reason) when (ending.IsCancellationRequested)
        {
            ServerLog.StartEnded(services.Log, reason.Message);
        }
    }

    /// <summary>A database took over and may lack acknowledged events: the firm is tripped until two people have looked.</summary>
    private static void WatchTheStore(NodeServices services) => services.Store.Promoted = wasSynchronous =>
    {
        services.Say($"another database has taken over{(wasSynchronous ? "; replication was synchronous, so no acknowledged event is missing" : string.Empty)}");
        if (!wasSynchronous)
        {
            _ = services.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "store-failover", "node", "node")
            {
                Origin = TripOrigin.StoreFailover,
                Reason = "another database has taken over and may lack acknowledged events; compare it with the records of desks and brokers before the reset",
                Cause = "store",
            });
        }
    };

    private static async Task RecoverAsync(NodeServices services, CancellationToken ending)
    {
        while (true)
        {
            try
            {
                await services.Ops.RecoverAsync(NodeGrants.RegionsOf(services.Cluster.Node.View, services.Ops), ending).ConfigureAwait(false);
                return;
            }
            catch (JournalUnavailableException unavailable)
            {
                ServerLog.StoreAwaited(services.Log, unavailable.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ending).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Permits have ended with the trust; what runs here is refused by the store. Should the orderly end hang, the process ends without it.</summary>
    private static void EndFenced(NodeServices services, WebApplication web)
    {
        services.Say("this node was declared down: it stops, keeps its trip latch, and may be started again");
        _ = Task.Run(async () =>
        {
            await Task.Delay(services.Configuration.Options.ShutdownTimeout, TimeProvider.System).ConfigureAwait(false);
            Environment.Exit(FencedExitCode);
        });
        web.Lifetime.StopApplication();
    }

    private static void Announce(NodeServices services, string url)
    {
        var path = services.Directory.Path;
        var endpoint = new EndpointFile(url, Environment.ProcessId, services.Identity.Node, Path.Combine(path, "admin.token"), Path.Combine(path, "desk.token")) { Instance = services.Directory.Manifest.StoreId.ToString("N") };
        AtomicFile.Write(Path.Combine(path, "endpoint.json"), JsonSerializer.Serialize(endpoint, WireJson.Default.EndpointFile));
        services.Say($"node {services.Identity.Node} is ready: {url}/minimal{(File.Exists(endpoint.TokenFile) ? $" (token in {endpoint.TokenFile})" : string.Empty)}");
    }
}
