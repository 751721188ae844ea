using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public sealed class KillSocketTests : IClassFixture<ServerFixture>, IDisposable
{
    private readonly HttpClient _client;
    private readonly ServerFixture _server;

    public KillSocketTests(ServerFixture server) => (_server, _client) = (server, new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.Data.File(KillSocket.FileName)), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://node/") });

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task It_trips_without_a_token_and_says_which_process_asked()
    {
        var (status, answer) = await Post("""{"scope":"strategy/socket","level":"CANCEL_ONLY","reason":"by socket"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        var id = answer.GetProperty("tripId").GetGuid();
        var trip = _server.Services.Ops.KillSwitch.Current.Find(id)!;
        Assert.Equal(("strategy/socket", "kill-socket", "break-glass"), (trip.Scope.ToString(), trip.Principal, trip.Person));
        Assert.StartsWith($"process {Environment.ProcessId} of user ", trip.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trip_that_was_told_by_http_too_is_one_trip()
    {
        var body = $$"""{"scope":"strategy/both","level":"KILLED","tripId":"{{Guid.CreateVersion7()}}"}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await _server.Admin.PostAsync("/api/v1/kill-switch/trips", content)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.OK, (await Post(body)).Status);
        Assert.Single(_server.Services.Ops.KillSwitch.Current.Standing, trip => trip.Scope.ToString() == "strategy/both");
    }

    [Fact]
    public void Only_the_owner_of_the_data_directory_can_open_it() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_server.Data.File(KillSocket.FileName)) & (UnixFileMode)0b111_111_111);

    [Theory]
    [InlineData("rubbish", "bad-json")]
    [InlineData("null", "bad-json")]
    [InlineData("""{"scope":"firm","level":"KILLED","level":"REDUCE_ONLY"}""", "bad-json")]
    [InlineData("""{"scope":"moon","level":"KILLED"}""", "bad-scope")]
    [InlineData("""{"scope":"firm","level":"ACTIVE"}""", "bad-level")]
    public async Task What_is_not_a_trip_is_refused_in_words(string body, string code)
    {
        var (status, answer) = await Post(body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, answer.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    public async Task It_understands_nothing_but_a_short_post(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_server.Data.File(KillSocket.FileName)));
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[4096];
        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Post(string body)
    {
        using var content = new StringContent(body);
        using var response = await _client.PostAsync(string.Empty, content);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }
}
