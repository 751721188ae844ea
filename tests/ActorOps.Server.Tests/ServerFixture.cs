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

    /// <summary>The second person, with the role risk: agrees to what the admin grants.</summary>
    public HttpClient Keeper { get; private set; } = null!;

    /// <summary>A client with a token.</summary>
    public HttpClient ClientOf(string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Posts JSON under an idempotency key of its own.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient by, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await by.SendAsync(request);
    }

    /// <summary>Adds a principal by the API, with the second person where one is needed; its token.</summary>
    public async Task<string> AddPrincipalAsync(string name, string role, string? desk = null, string? person = null)
    {
        using var response = await PostAsync(Admin, "/api/v1/access/principals", JsonSerializer.Serialize(new { name, person = person ?? name, roles = new[] { role }, desk }));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        if (json.RootElement.TryGetProperty("changeId", out var change))
        {
            using var approved = await PostAsync(Keeper, $"/api/v1/changes/{change}/approvals", "{}");
            Assert.True(approved.IsSuccessStatusCode, await approved.Content.ReadAsStringAsync());
        }

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
        Keeper = ClientOf(await AddPrincipalAsync("keeper", "risk"));
    }

    public async Task DisposeAsync()
    {
        await _node!.DisposeAsync();
        Data.Dispose();
    }
}
