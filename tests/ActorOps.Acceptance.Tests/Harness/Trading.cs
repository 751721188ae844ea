using System.Text.Json;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>One node and its paper desk in a folder of their own.</summary>
public sealed class Trading : IAsyncDisposable
{
    private readonly List<ManagedProcess> _processes = [];
    private string _url = string.Empty;

    public TemporaryDirectory Folder { get; } = new();

    public ManagedProcess Node { get; private set; } = null!;

    public ManagedProcess Desk { get; private set; } = null!;

    public string Data => Folder.File("data");

    public string Url => _url;

    public ActorOpsClient Admin => new(new Uri(_url), File.ReadAllText(Path.Combine(Data, "admin.token")).Trim());

    public IReadOnlyList<DeskEvent> Events => [.. Desk.Lines.Select(DeskEvent.Parse).OfType<DeskEvent>()];

    /// <summary>Starts a node; the port of an earlier one is kept, so that its desk finds it again.</summary>
    public async Task StartNodeAsync(params string[] sets)
    {
        var port = _url.Length == 0 ? "0" : new Uri(_url).Port.ToString();
        string[] settings = [$"actorops.http.port={port}", "actorops.rules.hold-release=1s", "actorops.kill-switch.approver-minimum-age=0s", .. sets];
        Node = Track(ManagedProcess.Start("actorops-node", Folder.Path, settings.SelectMany(set => (string[])["--set", set])));
        await Node.ExpectAsync(" is ready: ");
        var endpoint = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Data, "endpoint.json")), WireJson.Default.EndpointFile)!;
        Assert.Equal(Node.Id, endpoint.Pid);
        _url = endpoint.Url;
    }

    public void StartDesk(params string[] arguments) =>
        Desk = Track(ManagedProcess.Start("actorops-paperdesk", Folder.Path, ["--server", _url, "--token-file", Path.Combine(Data, "desk.token"), "--json", "--memory", Folder.File("desk.json"), .. arguments]));

    public async Task StartAsync(string[] sets, params string[] desk)
    {
        await StartNodeAsync(sets);
        StartDesk(desk);
    }

    public async Task TradesAsync() => await Waiting.For(() => Events.Any(e => e.IsIncreasingOrder), TimeSpan.FromSeconds(40));

    public async Task<DeskEvent> EventAsync(Func<DeskEvent, bool> fits, TimeSpan? limit = null)
    {
        DeskEvent? found = null;
        await Waiting.For(() => (found = Events.FirstOrDefault(fits)) is not null, limit ?? TimeSpan.FromSeconds(60));
        return found!;
    }

    public Task<DeskEvent> GateAsync(string strategy, string level, long afterNs = 0) =>
        EventAsync(e => e.Name == "gate" && e.MonotonicNs > afterNs && e.Text("scope") == $"strategy/{strategy}" && e.Text("level") == level);

    /// <summary>Runs the CLI here; its exit code and output.</summary>
    public async Task<(int Code, string Output)> CliAsync(params string[] arguments)
    {
        await using var cli = ManagedProcess.Start("actorops", Folder.Path, arguments);
        var code = await cli.WaitAsync();
        return (code, cli.Output);
    }

    public async Task<KillSwitchView> KillSwitchAsync()
    {
        using var client = Admin;
        return await client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Folder.Dispose();
    }

    private ManagedProcess Track(ManagedProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
