using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

/// <summary>Strangers use up what they can: every way to trip works all the same, and the node lives.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const int Idle = 1200;
    private readonly Trading _trading = new();
    private readonly List<Socket> _strangers = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _strangers.ForEach(stranger => stranger.Dispose());
        await _trading.DisposeAsync();
    }

    [Fact]
    public async Task Idle_connections_without_a_token_stop_no_way_to_trip_and_end_no_node()
    {
        await _trading.StartNodeAsync();
        using var limit = System.Diagnostics.Process.Start("prlimit", ["--pid", $"{_trading.Node.Id}", "--nofile=1024:1024"]);
        await limit.WaitForExitAsync();
        await FloodAsync();
        Assert.Equal(0, (await _trading.CliAsync("status")).Code & ~3);
        Assert.Equal(0, (await _trading.CliAsync("kill", "--now", "--scope", "symbol/cli")).Code);
        await TripAsync("strategy/http");
        await _trading.Node.ExpectAsync("strategy/http");
        await SocketAsync("strategy/socket");
        await _trading.Node.ExpectAsync("strategy/socket");
        await File.WriteAllTextAsync(Path.Combine(_trading.Data, "KILL_SWITCH"), """{"scope":"symbol/file"}""");
        await _trading.Node.ExpectAsync("symbol/file");
        _trading.Node.Signal("USR1");
        await _trading.Node.ExpectAsync("KILLED firm by signal");
        Assert.False(_trading.Node.HasEnded);
        Assert.DoesNotContain("Out of memory", _trading.Node.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_may_open_few_files_takes_fewer_connections_and_one_that_may_open_too_few_does_not_start()
    {
        await using var few = ManagedProcess.StartTool("prlimit", _trading.Folder.Path, ["--nofile=450:450", Path.Combine(AppContext.BaseDirectory, "actorops-node"), "--set", "actorops.http.port=0"]);
        var ready = await few.ExpectAsync(" is ready: ");
        Assert.Contains("may have 450 files open at once, so it takes", few.Output, StringComparison.Ordinal);
        await FloodAsync(new Uri(ready[ready.IndexOf("http", StringComparison.Ordinal)..ready.IndexOf("/minimal", StringComparison.Ordinal)]).Port);
        await SocketAsync("strategy/few");
        await few.ExpectAsync("strategy/few");
        Assert.False(few.HasEnded);
        await using var none = ManagedProcess.StartTool("prlimit", _trading.Folder.Path, ["--nofile=256:256", Path.Combine(AppContext.BaseDirectory, "actorops-node"), "--set", "actorops.http.port=0", "--set", "actorops.data=other"]);
        Assert.Equal(1, await none.WaitAsync());
        Assert.Contains("a node needs 384. Raise the limit", none.Output, StringComparison.Ordinal);
    }

    private Task FloodAsync() => FloodAsync(new Uri(_trading.Url).Port);

    private async Task FloodAsync(int port)
    {
        for (var i = 0; i < Idle; i++)
        {
            var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await stranger.ConnectAsync(IPAddress.Loopback, port);
            _strangers.Add(stranger);
        }
    }

    private async Task TripAsync(string scope)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_trading.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(_trading.Data, "admin.token"))).Trim());
        using var body = new StringContent($$"""{"scope":"{{scope}}","level":"KILLED"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("api/v1/kill-switch/trips", body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task SocketAsync(string scope)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_trading.Data, "kill.sock")));
        var body = $$"""{"scope":"{{scope}}","level":"KILLED"}""";
        await socket.SendAsync(Encoding.UTF8.GetBytes($"POST / HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        var buffer = new byte[4096];
        Assert.StartsWith("HTTP/1.1 201", Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer)), StringComparison.Ordinal);
    }
}
