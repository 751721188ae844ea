using System.Net.Sockets;
using System.Text;
using ActorOps.PaperDesk.Running;
using ActorOps.PaperDesk.Tests.Supervising;

namespace ActorOps.PaperDesk.Tests.Running;

/// <summary>The door over a real socket: what gets in, what does not, and that a refusal changes nothing.</summary>
public sealed class ControlEndpointTests : IAsyncLifetime
{
    private readonly SimulatedDesk _desk = new(seed: 1);
    private ControlEndpoint _door = null!;

    public Task InitializeAsync()
    {
        _door = ControlEndpoint.Start(0, _desk.State);
        _desk.Run(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _door.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_program_may_add_a_fault_and_a_web_page_may_not()
    {
        Assert.StartsWith("HTTP/1.1 403", await AskAsync("POST /faults?spec=drift HTTP/1.1\r\nHost: evil.example\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await AskAsync("POST /faults?spec=drift HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://evil.example\r\n\r\n"), StringComparison.Ordinal);
        Assert.Null(_desk.Faults.Active("drift", _desk.Clock.Elapsed, "momentum", isUsual: true));
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("POST /faults?spec=drift:momentum%2B5s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), _desk.Faults.Active("drift", _desk.Clock.Elapsed, "momentum", isUsual: true)?.Duration);
    }

    [Fact]
    public async Task An_unknown_fault_is_answered_with_the_list()
    {
        var answer = await AskAsync("POST /faults?spec=earthquake HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("'earthquake' is not a known fault", answer, StringComparison.Ordinal);
        Assert.Contains("session-heartbeat:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 65537", "413")]
    [InlineData("Content-Length: -1", "400")]
    [InlineData("Content-Length: 1\r\nContent-Length: 1", "400")]
    [InlineData("Transfer-Encoding: chunked", "411")]
    public async Task A_body_out_of_bounds_is_refused_before_it_is_read(string header, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await AskAsync($"POST /v2/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Headers_without_an_end_are_refused() =>
        Assert.StartsWith("HTTP/1.1 431", await AskAsync("GET /state HTTP/1.1\r\nX: " + new string('a', 16 * 1024)), StringComparison.Ordinal);

    /// <summary>Bytes, not letters: the length of a body with letters of more than one byte.</summary>
    [Theory]
    [InlineData("""{"symbol":"SPY","qty":"10","side":"buy","strategy":"momentum","client_order_id":"x-1"}""", "200")]
    [InlineData("""{"symbol":"SPY","qty":"10","side":"buy","strategy":"mömentum"}""", "422")]
    [InlineData("""{"symbol":"SPY","qty":"1000001","side":"buy","strategy":"momentum"}""", "422")]
    [InlineData("""{"symbol":"SPY","qty":"10","side":"buy","strategy":"momentum","client_order_id":"\u001b[31mred"}""", "422")]
    [InlineData("""{"symbol":""", "400")]
    public async Task Orders_beside_the_desk_have_bounds(string body, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await AskAsync($"POST /v2/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), StringComparison.Ordinal);

    [Fact]
    public async Task A_caller_that_says_nothing_holds_up_nobody()
    {
        using var silent = new TcpClient();
        await silent.ConnectAsync("127.0.0.1", new Uri(_door.Url).Port);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync("GET /state HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(_door.Url).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
