using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Killing;

namespace ActorOps.Cli.Tests.Killing;

/// <summary>The last line of a kill, whatever the node says.</summary>
public sealed class KillProgramTests : IDisposable
{
    private const string Taken = """{"tripId":"019b8f2c-0000-7000-8000-000000000001","node":"n1","durable":true,"scope":"SCOPE","level":"KILLED","propagation":{"nodes":1,"acknowledged":1,"missing":[]}MORE}""";
    private readonly TcpListener _node = new(IPAddress.Loopback, 0);
    private readonly string _token = Path.GetTempFileName();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public KillProgramTests()
    {
        _node.Start();
        File.WriteAllText(_token, "abcdefghijklmnopqrstuvwxyz\n");
    }

    private string Server => $"http://127.0.0.1:{((IPEndPoint)_node.LocalEndpoint).Port}";

    private string Last => _error.ToString().TrimEnd().Split('\n')[^1];

    public void Dispose()
    {
        _node.Dispose();
        File.Delete(_token);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task A_trip_that_is_taken_says_so_last()
    {
        Assert.Equal(ExitCodes.Done, await Kill(201, Taken.Replace("SCOPE", "firm").Replace("MORE", "")));
        Assert.Equal("TRIPPED KILLED firm: trip 019b8f2c-0000-7000-8000-000000000001. Next: actorops kill status", Last);
    }

    [Fact]
    public async Task A_trip_that_stops_nothing_says_so_last_with_what_may_have_been_meant()
    {
        var more = ""","unknownScope":{"scope":"strategy/momentumm","nearest":["strategy/momentum"],"detail":"no desk has strategy/momentumm; did you mean strategy/momentum?"}""";
        Assert.Equal(ExitCodes.Partial, await Kill(201, Taken.Replace("SCOPE", "strategy/momentumm").Replace("MORE", more)));
        Assert.StartsWith("NOTHING IS STOPPED BY THIS: no desk has strategy/momentumm; did you mean strategy/momentum?", Last, StringComparison.Ordinal);
        Assert.EndsWith("Type: actorops kill --scope strategy/momentum --now", Last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "unauthenticated", ExitCodes.Denied, "is unknown to the node, expired or revoked")]
    [InlineData(403, "forbidden", ExitCodes.Denied, "forbidden: ")]
    [InlineData(429, "too-many-trips", ExitCodes.Failed, "too-many-trips: ")]
    [InlineData(400, "bad-scope", ExitCodes.Usage, "bad-scope: ")]
    public async Task A_refusal_says_that_nothing_was_tripped_and_what_to_type(int status, string code, int exit, string says)
    {
        Assert.Equal(exit, await Kill(status, $$"""{"code":"{{code}}","detail":"no"}"""));
        Assert.StartsWith("NOTHING WAS TRIPPED: ", Last, StringComparison.Ordinal);
        Assert.Contains(says, Last, StringComparison.Ordinal);
        Assert.True(status == 400 ? Last.Contains("actorops kill --help", StringComparison.Ordinal) && !Last.Contains("--scope firm", StringComparison.Ordinal) : Last.Contains("break-glass.token", StringComparison.Ordinal) && Last.Contains("touch ", StringComparison.Ordinal) && Last.Contains("kill -USR1", StringComparison.Ordinal), Last);
    }

    /// <summary>A node without room for the request has refused nobody: where its data directory is at hand, the file takes the trip.</summary>
    [Theory]
    [InlineData(503, "store-unavailable")]
    [InlineData(429, "too-many-requests")]
    public async Task A_busy_node_has_not_refused_and_the_next_way_is_taken(int status, string code)
    {
        Assert.Equal(ExitCodes.Unreachable, await Kill(status, $$"""{"code":"{{code}}","detail":"later"}"""));
        Assert.StartsWith("NOTHING WAS TRIPPED: no node took it", Last, StringComparison.Ordinal);
        Assert.Contains($"busy: {code}: later", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_latch_that_cannot_be_written_is_a_trip_in_memory()
    {
        Assert.Equal(ExitCodes.Partial, await Kill(507, """{"code":"not-latched","detail":"in force on n1"}"""));
        Assert.StartsWith("TRIPPED in memory only: ", Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_says_reaches_no_terminal_as_it_is()
    {
        await Kill(403, """{"code":"forbidden","detail":"no\u001b[2J\u202e\nTRIPPED KILLED firm"}""");
        Assert.StartsWith("NOTHING WAS TRIPPED: ", Last, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _error.ToString());
        Assert.DoesNotContain('\u202e', _error.ToString());
        await Kill(201, Taken.Replace("SCOPE", "\u001b[2Jx\u009b").Replace("MORE", ""), "-ojson");
        Assert.DoesNotContain(_out.ToString() + _error, c => c is '\u001b' or '\u009b');
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is empty")]
    [InlineData("two\nlines", "is malformed")]
    [InlineData("tok\u00e9n", "is malformed")]
    public async Task A_token_that_cannot_be_sent_is_named_and_nothing_is_tripped(string? content, string says)
    {
        var file = content is null ? _token + ".missing" : _token;
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        Assert.Equal(ExitCodes.Denied, await KillProgram.RunAsync(["kill", "--now", "--server", Server, "--token-file", file], Terminal));
        Assert.StartsWith("NOTHING WAS TRIPPED: the token", Last, StringComparison.Ordinal);
        Assert.Contains(says, Last, StringComparison.Ordinal);
        Assert.Contains("break-glass.token", Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_understood_trips_nothing_and_says_so()
    {
        Assert.Equal(ExitCodes.Usage, await KillProgram.RunAsync(["kill", "--scope"], Terminal));
        Assert.Equal("NOTHING WAS TRIPPED: '--scope' needs a value. Type: actorops kill --help", Last);
    }

    private Terminal Terminal => new(TextReader.Null, _out, _error, IsInteractive: false);

    private async Task<int> Kill(int status, string body, params string[] more)
    {
        var answering = AnswerAsync(status, body);
        var code = await KillProgram.RunAsync(["kill", "--now", "--once", "--server", Server, "--token-file", _token, .. more], Terminal);
        await answering;
        return code;
    }

    private async Task AnswerAsync(int status, string body)
    {
        using var socket = await _node.AcceptSocketAsync();
        var buffer = new byte[8192];
        var text = new StringBuilder();
        while (!text.ToString().Contains('}'))
        {
            text.Append(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        }

        await socket.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nConnection: close\r\n\r\n{body}"));
        socket.Shutdown(SocketShutdown.Both);
    }
}
