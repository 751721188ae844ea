using ActorOps.Client;
using ActorOps.Ops.Rules;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Benchmarks;

/// <summary>A node in this process, with everything a real one has.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly NodeHost _node;

    private BenchNode(string folder, NodeHost node) => (_folder, _node) = (folder, node);

    public static RuleOptions Limits { get; } = NodeConfiguration.Load(null, [], new Dictionary<string, string>()).Options.Rules;

    public Uri Url => new(_node.Url);

    public string Folder => _folder;

    public NodeServices Services => _node.Services;

    public string DeskToken => File.ReadAllText(Path.Combine(_folder, "desk.token")).Trim();

    public ActorOpsClient DeskClient => new(Url, DeskToken);

    public static async Task<BenchNode> StartAsync(params string[] sets)
    {
        var folder = Directory.CreateTempSubdirectory("actorops-bench-").FullName;
        var configuration = NodeConfiguration.Load(
            null, [$"actorops.data = \"{folder}\"", "actorops.http.port = 0", "actorops.logs.console = false", "actorops.rules.hold-release = 0s", .. sets], new Dictionary<string, string>());
        return new BenchNode(folder, await NodeHost.StartAsync(configuration, TextWriter.Null));
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, true);
    }
}
