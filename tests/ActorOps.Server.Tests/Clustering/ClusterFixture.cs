using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Tests.Clustering;

/// <summary>A real node on a real PostgreSQL in this process, and a bad wire to its link port.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private NodeHost? _node;

    public TemporaryDirectory Data { get; } = new();

    public PostgresServer Store { get; private set; } = null!;

    public TcpProxy Wire { get; private set; } = null!;

    internal NodeServices Services => _node!.Services;

    public string Url => _node!.Url;

    public async Task InitializeAsync()
    {
        Store = await PostgresServer.StartAsync();
        var configuration = NodeConfiguration.Load(
            null,
            [$"actorops.data = \"{Data.Path}\"", "actorops.http.port = 0", "actorops.logs.console = false", "actorops.cluster.store = postgres", $"actorops.cluster.connection = \"{await Store.DatabaseAsync("server")}\""],
            new Dictionary<string, string>());
        Assert.Empty(configuration.Errors);
        _node = await NodeHost.StartAsync(configuration, TextWriter.Null);
        Wire = new TcpProxy(new Uri(Services.Cluster.Node.View.Members.Single().Description.Address).Port);
    }

    /// <summary>A channel as another node would have it.</summary>
    internal HttpLinkChannel Channel(string? key = null) => new(
        new Uri($"http://127.0.0.1:{Wire.Port}"),
        Services.Identity.Node,
        new NodeKey("stranger", 1),
        new LinkHandshake(key ?? ((PostgresStore)Services.Store).LinkKey, "actorops", Services.Store.StoreId),
        TimeProvider.System);

    public async Task DisposeAsync()
    {
        await Wire.DisposeAsync();
        await _node!.DisposeAsync();
        await Store.DisposeAsync();
        Data.Dispose();
    }
}
