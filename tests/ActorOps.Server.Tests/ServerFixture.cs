using System.Net.Http.Headers;
using System.Text.Json;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests;

/// <summary>A real node in this process, on a free port and a folder of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private NodeHost? _node;

    public TemporaryDirectory Data { get; } = new();

    public HttpClient Anonymous { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public HttpClient Admin { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public HttpClient Desk { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    internal NodeServices Services => _node!.Services;

    internal IReadOnlyList<Microsoft.AspNetCore.Http.Endpoint> Endpoints => _node!.Endpoints;

    public string Url => _node!.Url;

    public string Token(string name) => File.ReadAllText(Data.File(name + ".token")).Trim();

    /// <summary>Adds a principal by the API; its token.</summary>
    public async Task<string> AddPrincipalAsync(string name, string role, string? desk = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/principals")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { name, person = name, roles = new[] { role }, desk }), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", name);
        using var response = await Admin.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        var token = json.RootElement.GetProperty("token").GetString()!;
        await Waiting.For(() => Services.Ops.AccessBoard.Find(token) is not null);
        return token;
    }

    public async Task InitializeAsync()
    {
        var configuration = NodeConfiguration.Load(
            null,
            [$"actorops.data = \"{Data.Path}\"", "actorops.http.port = 0", "actorops.logs.console = false", "actorops.kill-switch.approver-minimum-age = 0s", "actorops.kill-switch.one-time-codes = false"],
            new Dictionary<string, string>());
        Assert.Empty(configuration.Errors);
        _node = await NodeHost.StartAsync(configuration, TextWriter.Null);
        foreach (var (client, name) in ((HttpClient, string?)[])[(Anonymous, null), (Admin, "admin"), (Desk, "desk")])
        {
            client.BaseAddress = new Uri(_node.Url);
            client.DefaultRequestHeaders.Authorization = name is null ? null : new AuthenticationHeaderValue("Bearer", Token(name));
        }

        // A node says that it is ready when it can take a trip; that it is healthy, once somebody can decide resets too.
        await Waiting.For(() => Services.Cluster.Peers.Grants.HolderOf("kill-switch") is not null);
    }

    public async Task DisposeAsync()
    {
        await _node!.DisposeAsync();
        Data.Dispose();
    }
}
