using System.Collections.Concurrent;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>Several nodes on one PostgreSQL, with desks, in a folder of their own. Regions alternate: eu, us, eu ...</summary>
public sealed class ClusterTrading : IAsyncDisposable
{
    /// <summary>For tests in which nobody is to lapse: a machine that stands still for some seconds then changes nothing.</summary>
    public const string Steady = "actorops.cluster.ttl=12s";

    private readonly List<ManagedProcess> _processes = [];
    private readonly List<ClusterNodeProcess> _nodes = [];
    private readonly Dictionary<string, NodeWires> _wires = [];
    private readonly Dictionary<string, SmallDisk> _disks = [];
    private readonly bool _hasManagers;
    private readonly string[] _sets;

    private ClusterTrading(PostgresServer store, bool hasManagers, string[] sets) => (Store, _hasManagers, _sets) = (store, hasManagers, sets);

    public TemporaryDirectory Folder { get; } = new();

    public PostgresServer Store { get; private set; }

    /// <summary>Follows the store, where there is one.</summary>
    public PostgresServer? Standby { get; private set; }

    public string Connection { get; set; } = string.Empty;

    public IReadOnlyList<ClusterNodeProcess> Nodes => _nodes;

    public string AdminToken { get; private set; } = string.Empty;

    public string DeskTokenFile => Folder.File("desk.token");

    /// <summary>Trips that were acknowledged as stored or as latched by every member.</summary>
    public ConcurrentDictionary<Guid, string> Acknowledged { get; } = new();

    public ManagedProcess Desk { get; private set; } = null!;

    public IReadOnlyList<DeskEvent> Events => [.. Desk.Lines.Select(DeskEvent.Parse).OfType<DeskEvent>()];

    public static async Task<ClusterTrading> StartAsync(int count, bool hasManagers = true, params string[] sets)
    {
        var store = await PostgresServer.StartAsync();
        var cluster = new ClusterTrading(store, hasManagers, sets) { Connection = await store.DatabaseAsync("cluster") };
        for (var number = 1; number <= count; number++)
        {
            cluster.AddNode(number);
        }

        if (count > 0)
        {
            await cluster.ReadyAsync();
        }

        return cluster;
    }

    /// <summary>A cluster in which everything can break: nodes whose wires can be cut and whose disks are small, and a synchronous standby of the database.</summary>
    public static async Task<ClusterTrading> StartFragileAsync(int count, params string[] sets)
    {
        var cluster = await StartAsync(0, hasManagers: true, sets);
        cluster.Standby = await cluster.Store.StartStandbyAsync();
        await cluster.Store.ReloadAsync("synchronous_standby_names=*", "synchronous_commit=on");
        for (var number = 1; number <= count; number++)
        {
            cluster._wires[$"node-{number}"] = new NodeWires(cluster.Store, cluster.Standby);
            if (SmallDisk.TryMount("96m") is { } disk)
            {
                cluster._disks[$"node-{number}"] = disk;
            }

            cluster.AddNode(number);
        }

        await cluster.ReadyAsync();
        return cluster;
    }

    /// <summary>Cuts wires of a node of <see cref="StartFragileAsync"/> for a while.</summary>
    public Task<string> CutAsync(ClusterNodeProcess node, Random random, TimeSpan duration) => _wires[node.Name].CutAsync(random, duration);

    /// <summary>Fills the disk of a node for a while; false where this machine gives no small disks.</summary>
    public async Task<bool> FillAsync(ClusterNodeProcess node, TimeSpan duration)
    {
        if (!_disks.TryGetValue(node.Name, out var disk))
        {
            return false;
        }

        var ballast = Path.Combine(disk.Path, "ballast");
        SmallDisk.Fill(ballast);
        await Task.Delay(duration);
        File.Delete(ballast);
        return true;
    }

    /// <summary>The primary is gone for good, and its standby takes over, alone from now on.</summary>
    public async Task FailOverAsync()
    {
        var (gone, standby) = (Store, Standby!);
        await gone.StopAsync("immediate");
        await standby.ReloadAsync("synchronous_standby_names=");
        await standby.PromoteAsync();
        (Store, Standby) = (standby, null);
        Connection = $"Host=127.0.0.1:{standby.Port};Username=actorops;Database=cluster";
        await gone.DisposeAsync();
    }

    /// <summary>Until all are up and everything has a holder. Nobody is taken for dead on the way there, however long it takes.</summary>
    public async Task ReadyAsync()
    {
        try
        {
            await Waiting.For(() => _nodes.TrueForAll(node => node.Endpoint is not null), TimeSpan.FromSeconds(60));
            var first = _nodes.Find(node => File.Exists(Path.Combine(node.Data, "admin.token")))!;
            AdminToken = (await File.ReadAllTextAsync(Path.Combine(first.Data, "admin.token"))).Trim();
            await File.WriteAllTextAsync(Folder.File("admin.token"), AdminToken);
            File.Copy(Path.Combine(first.Data, "desk.token"), DeskTokenFile, overwrite: true);
            await Waiting.For(async () => (await MembersAsync(0)).Count(member => member.State == "Up") == _nodes.Count, TimeSpan.FromSeconds(30));
            await Waiting.For(async () => (await GrantsAsync(0, "singletons")) is { Count: >= 6 } grants && grants.All(grant => grant.Node.Length > 0), TimeSpan.FromSeconds(30));
        }
        catch (Exception reason)
        {
            throw new InvalidOperationException($"The cluster is not ready. {string.Join('\n', _nodes.Select(node => $"{node.Name}: {node.Process.Output}"))}", reason);
        }
    }

    public ClusterNodeProcess AddNode(int number, IReadOnlyDictionary<string, string>? environment = null)
    {
        var name = $"node-{number}";
        var data = _disks.TryGetValue(name, out var disk) ? Path.Combine(disk.Path, "data") : Folder.File(name);
        var node = new ClusterNodeProcess(name, data, Start(number, name, data, [], environment));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts a node again whose process has ended.</summary>
    public void Restart(ClusterNodeProcess node)
    {
        if (Directory.Exists(node.Data))
        {
            File.Delete(Path.Combine(node.Data, "endpoint.json"));
        }

        node.Process = Start(int.Parse(node.Name["node-".Length..]), node.Name, node.Data, []);
    }

    public ManagedProcess Start(int number, string name, string data, string[] more, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] settings =
        [
            $"actorops.node.id={name}", $"actorops.node.region={(number % 2 == 1 ? "eu" : "us")}", $"actorops.data={data}", "actorops.http.port=0",
            "actorops.cluster.store=postgres", $"actorops.cluster.connection={Connection}", "actorops.rules.hold-release=1s", "actorops.kill-switch.approver-minimum-age=0s",
            "actorops.logs.console=false", "actorops.kill-switch.answer-within-ms=2000", .. _sets, .. more, .. _wires.TryGetValue(name, out var wires) ? wires.Settings : [],
        ];
        return Track(ManagedProcess.Start("actorops-node", Folder.Path, [.. _hasManagers ? (string[])["--supervise"] : [], .. settings.SelectMany(set => (string[])["--set", set])], environment: environment));
    }

    public ClusterNodeProcess NodeOf(string name) => _nodes.Find(node => node.Name == name)!;

    public ActorOpsClient Admin(int index, TimeSpan? timeout = null) => _nodes[index].Client(AdminToken, timeout);

    public async Task<IReadOnlyList<MemberView>> MembersAsync(int via)
    {
        using var client = Admin(via);
        return (await client.GetAsync("api/v1/cluster/members", WireJson.Default.ItemsViewMemberView)).Items;
    }

    public async Task<IReadOnlyList<SingletonView>> GrantsAsync(int via, string kind)
    {
        using var client = Admin(via);
        return (await client.GetAsync($"api/v1/cluster/{kind}", WireJson.Default.ItemsViewSingletonView)).Items;
    }

    public async Task<SingletonView> SingletonAsync(int via, string name) => (await GrantsAsync(via, "singletons")).Single(grant => grant.Name == name);

    /// <summary>Index of a node that is not this one.</summary>
    public int Other(string name) => _nodes.FindIndex(node => node.Name != name);

    public async Task<IReadOnlyList<SupervisorView>> SupervisorsAsync(int via)
    {
        using var client = Admin(via);
        return (await client.GetAsync("api/v1/supervisors?limit=1000", WireJson.Default.ItemsViewSupervisorView)).Items;
    }

    /// <summary>Supervisors that were sent signals by a clock that is off, in words.</summary>
    public async Task<IReadOnlyList<string>> SkewedAsync(int via)
    {
        using var client = Admin(via);
        var skewed = new List<string>();
        foreach (var view in await SupervisorsAsync(via))
        {
            if (await client.GetAsync($"api/v1/supervisors/{view.Kind}/{view.Id}", WireJson.Default.SupervisorDetailView) is { SkewedSignals: > 0 } detail)
            {
                skewed.Add($"{view.Path}: {detail.SkewedSignals} of {detail.Supervisor.Node}");
            }
        }

        return skewed;
    }

    /// <summary>Waits until every target is supervised and nothing worse than Warning: on a machine with more nodes than cores a late heartbeat is one.</summary>
    public async Task SupervisedAsync(int via, int atLeast = 1, double seconds = 60)
    {
        IReadOnlyList<SupervisorView> views = [];
        try
        {
            await Waiting.For(async () => (views = await SupervisorsAsync(via)).Count >= atLeast && views.All(IsWatched), TimeSpan.FromSeconds(seconds));
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"of {views.Count} targets these are not well: {string.Join("; ", views.Where(view => !IsWatched(view)).Select(view => $"{view} {string.Join(", ", view.Reasons)}"))}");
        }
    }

    /// <summary>Signals that were lost leave windows that must fill again before they say anything, which takes as long as it takes: somebody watches all the same.</summary>
    private static bool IsWatched(SupervisorView view) => view.Verdict is "Healthy" or "Warning"
        || (view.Verdict == "Unknown" && view.Reasons.Where(reason => reason.Level == "Unknown").All(reason => reason.Note?.StartsWith("signals were lost", StringComparison.Ordinal) == true));

    public async Task<TripAnswer> TripAsync(int via, string scope, TimeSpan? timeout = null)
    {
        using var client = Admin(via, timeout);
        var answer = await client.PostAsync("api/v1/kill-switch/trips", new TripBody(scope, "KILLED", "test"), WireJson.Default.TripBody, WireJson.Default.TripAnswer);
        if (answer.Durable || answer.Propagation.Missing.Count == 0)
        {
            Acknowledged[answer.TripId] = scope;
        }

        return answer;
    }

    public async Task<KillSwitchView> KillSwitchAsync(int via)
    {
        using var client = Admin(via);
        return await client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView);
    }

    public void StartDesk(params string[] arguments) => Desk = Track(ManagedProcess.Start("actorops-paperdesk", Folder.Path,
        ["--server", string.Join(',', _nodes.Select(node => node.Url)), "--token-file", DeskTokenFile, "--json", "--memory", Folder.File("desk.json"), "--speed", "20", .. arguments]));

    /// <summary>Until the desk has sent an order that adds risk, after a moment of its clock.</summary>
    public async Task TradesAsync(long afterNs = 0)
    {
        try
        {
            await Waiting.For(() => Events.Any(e => e.IsIncreasingOrder && e.MonotonicNs > afterNs), TimeSpan.FromSeconds(60));
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"The desk does not trade.\n{string.Join('\n', Desk.Lines.TakeLast(40))}\n{await WhyNotAsync()}");
        }
    }

    /// <summary>What every node says that stands in the way of a desk.</summary>
    private async Task<string> WhyNotAsync()
    {
        var text = new System.Text.StringBuilder();
        for (var via = 0; via < _nodes.Count; via++)
        {
            try
            {
                text.AppendLine($"{_nodes[via].Name}: {string.Join("; ", (await KillSwitchAsync(via)).Effective)}").AppendJoin('\n', (await SupervisorsAsync(via)).Where(view => view.Verdict != "Healthy").Select(view => $"  {view.Path} {view.Verdict} {string.Join(", ", view.Reasons)}"));
            }
            catch (Exception silent) when (silent is HttpRequestException or ActorOpsException or TaskCanceledException)
            {
                text.AppendLine($"{_nodes[via].Name}: {silent.Message}");
            }

            text.AppendLine().AppendJoin('\n', _nodes[via].Process.Lines.TakeLast(15)).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>Runs the CLI against a node; its exit code and output.</summary>
    public async Task<(int Code, string Output)> CliAsync(int via, params string[] arguments)
    {
        await using var cli = ManagedProcess.Start("actorops", Folder.Path, [.. arguments, "--server", _nodes[via].Url, "--token-file", Folder.File("admin.token")]);
        return (await cli.WaitAsync(), cli.Output);
    }

    /// <summary>What the journal, the only witness that nobody here can talk round, says about all that has happened.</summary>
    public Task<JournalHistory> HistoryAsync() => JournalHistory.ReadAsync(Connection);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Where(node => node.Endpoint is not null && !node.Process.HasEnded))
        {
            ManagedProcess.Signal(node.Pid, "CONT");
        }

        // The managers first, or they would start again what is ended after them.
        foreach (var process in Enumerable.Reverse(_processes).Where(process => !process.HasEnded))
        {
            process.Signal("TERM");
        }

        foreach (var process in Enumerable.Reverse(_processes).Where(process => !process.HasEnded))
        {
            try
            {
                await process.WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (OperationCanceledException)
            {
                // It is ended with the next line.
            }

            await process.DisposeAsync();
        }

        await Store.DisposeAsync();
        await (Standby?.DisposeAsync() ?? default);
        foreach (var wires in _wires.Values)
        {
            await wires.DisposeAsync();
        }

        foreach (var disk in _disks.Values)
        {
            disk.Dispose();
        }

        Folder.Dispose();
    }

    private ManagedProcess Track(ManagedProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
