using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.KillSwitches;

public sealed class KillSwitchFileTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly OpsHarness _harness = new();
    private readonly System.Net.Sockets.Socket _socket = new(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
    private KillSwitchFile _file = null!;

    private string Path => _directory.File("KILL_SWITCH");

    public async Task InitializeAsync()
    {
        await _harness.Ops.WhenReady;
        _file = new KillSwitchFile(Path, _harness.Ops.KillSwitch, TimeProvider.System, NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        _socket.Dispose();
        await _harness.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("", "firm", "KILLED")]
    [InlineData("rubbish", "firm", "KILLED")]
    [InlineData("""{"scope":"strategy/s","reason":"odd fills"}""", "strategy/s", "KILLED")]
    [InlineData("""{"scope":"broker/b","level":"REDUCE_ONLY"}""", "broker/b", "REDUCE_ONLY")]
    [InlineData("""{"scope":"nonsense"}""", "firm", "KILLED")]
    [InlineData("""{"scope":"strategy/s","level":"ACTIVE"}""", "firm", "KILLED")]
    public async Task A_file_that_appears_trips_what_it_names_and_the_firm_when_in_doubt(string content, string scope, string level)
    {
        await File.WriteAllTextAsync(Path, content);
        await _file.CheckAsync();
        var trip = Assert.Single(_harness.Ops.Board.Current.Trips);
        Assert.Equal((scope, level, "file"), (trip.Scope.ToString(), trip.Level.ToWire(), trip.Source));
    }

    [Fact]
    public async Task A_file_that_is_still_being_written_is_looked_at_twice()
    {
        var time = new VirtualTimeProvider();
        var file = new KillSwitchFile(Path, _harness.Ops.KillSwitch, time, NullLogger.Instance);
        await File.WriteAllTextAsync(Path, string.Empty);
        var look = file.CheckAsync();
        await File.WriteAllTextAsync(Path, """{"scope":"strategy/s"}""");
        time.Advance(TimeSpan.FromMilliseconds(100));
        await look;
        Assert.Equal("strategy/s", Assert.Single(_harness.Ops.Board.Current.Trips).Scope.ToString());
    }

    /// <summary>Each of these is put there while the node brings its own file in line with the trip before.</summary>
    [Fact]
    public async Task A_file_that_is_put_there_at_any_moment_trips()
    {
        for (var i = 0; i < 60; i++)
        {
            await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Of("symbol", $"BEFORE{i}"), TradingState.Killed, "cli", "p", "p"));
            var made = _directory.File($"made{i}");
            await File.WriteAllTextAsync(made, $$"""{"scope":"symbol/PUT{{i}}"}""");
            var look = Task.Run(_file.CheckAsync);
            var putting = Task.Run(() => File.Move(made, Path, overwrite: true));
            await Task.WhenAll(look, putting);
            await _file.CheckAsync();
            Assert.Contains(_harness.Ops.Board.Current.Trips, trip => trip.Scope.ToString() == $"symbol/PUT{i}");
        }

        Assert.Equal(120, _harness.Ops.Board.Current.Trips.Count());
    }

    [Fact]
    public async Task What_a_node_had_put_aside_when_it_died_trips_in_its_next_life()
    {
        await File.WriteAllTextAsync(Path + ".aside", """{"scope":"symbol/LEFT"}""");
        await _file.CheckAsync();
        Assert.Equal("symbol/LEFT", Assert.Single(_harness.Ops.Board.Current.Trips).Scope.ToString());
        Assert.False(File.Exists(Path + ".aside"));
    }

    [Fact]
    public async Task While_a_trip_stands_a_deleted_file_comes_back_and_own_content_is_no_new_trip()
    {
        await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "cli", "p", "p"));
        await _file.CheckAsync();
        Assert.True(File.Exists(Path));
        File.Delete(Path);
        await _file.CheckAsync();
        Assert.True(File.Exists(Path));
        await new KillSwitchFile(Path, _harness.Ops.KillSwitch, TimeProvider.System, NullLogger.Instance).CheckAsync();
        Assert.Single(_harness.Ops.Board.Current.Trips);
    }

    [Fact]
    public async Task A_crash_between_remembering_and_writing_is_not_somebodys_kill()
    {
        await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "cli", "p", "p"));
        await _file.CheckAsync();
        var (before, memoryBefore) = (await File.ReadAllBytesAsync(Path), await File.ReadAllTextAsync(Path + ".written"));
        await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("t"), TradingState.Killed, "cli", "p", "p"));
        await _file.CheckAsync();
        await File.WriteAllBytesAsync(Path, before);
        await File.WriteAllTextAsync(Path + ".written", memoryBefore + "\n" + await File.ReadAllTextAsync(Path + ".written"));
        await new KillSwitchFile(Path, _harness.Ops.KillSwitch, TimeProvider.System, NullLogger.Instance).CheckAsync();
        Assert.Equal(["strategy/s", "strategy/t"], _harness.Ops.Board.Current.Trips.Select(trip => trip.Scope.ToString()).Order());
    }

    [Fact]
    public async Task Foreign_content_over_the_own_file_is_a_new_trip()
    {
        await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "cli", "p", "p"));
        await _file.CheckAsync();
        await File.WriteAllTextAsync(Path, string.Empty);
        await _file.CheckAsync();
        Assert.Equal(2, _harness.Ops.Board.Current.Trips.Count());
        Assert.Equal(TradingState.Killed, _harness.Ops.Board.Current.Of(Scope.Firm).Level);
    }

    [Theory]
    [InlineData("mkfifo", "a named pipe")]
    [InlineData("mkdir", "a directory")]
    [InlineData("socket", "a socket")]
    [InlineData("link", "a symbolic link")]
    public async Task Whatever_is_there_instead_of_a_file_trips_the_firm_once_is_not_waited_for_and_makes_room(string kind, string word)
    {
        await Make(kind);
        await _file.CheckAsync();
        var trip = Assert.Single(_harness.Ops.Board.Current.Trips);
        Assert.Equal(("firm", $"it is {word}"), (trip.Scope.ToString(), trip.Reason));
        await _file.CheckAsync();
        Assert.StartsWith("{", await File.ReadAllTextAsync(Path), StringComparison.Ordinal);
        Assert.Single(_harness.Ops.Board.Current.Trips);
    }

    [Fact]
    public async Task A_file_with_a_scope_that_no_desk_has_trips_the_firm_and_names_it()
    {
        await _harness.RegisterAsync();
        var file = new KillSwitchFile(Path, _harness.Ops.KillSwitch, TimeProvider.System, NullLogger.Instance) { Unknown = _harness.Ops.Unknown, WhenKnown = _harness.Ops.WhenReady };
        await File.WriteAllTextAsync(Path, """{"scope":"strategy/S","level":"REDUCE_ONLY","reason":"odd fills"}""");
        await file.CheckAsync();
        var trip = Assert.Single(_harness.Ops.Board.Current.Trips);
        Assert.Equal(("firm", TradingState.Killed), (trip.Scope.ToString(), trip.Level));
        Assert.StartsWith("file with an unknown scope: no desk has strategy/S; did you mean strategy/s", trip.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_that_was_named_before_anybody_could_tell_is_tripped_and_looked_at_again()
    {
        await _harness.RegisterAsync();
        var known = new TaskCompletionSource();
        var file = new KillSwitchFile(Path, _harness.Ops.KillSwitch, TimeProvider.System, NullLogger.Instance) { Unknown = _harness.Ops.Unknown, WhenKnown = known.Task };
        await File.WriteAllTextAsync(Path, """{"scope":"strategy/ss"}""");
        await file.CheckAsync();
        Assert.Equal(["strategy/ss"], _harness.Ops.Board.Current.Trips.Select(trip => trip.Scope.ToString()));
        known.SetResult();
        await file.CheckAsync();
        Assert.Equal(["firm", "strategy/ss"], _harness.Ops.Board.Current.Trips.Select(trip => trip.Scope.ToString()).Order());
    }

    private async Task Make(string kind)
    {
        switch (kind)
        {
            case "socket":
                _socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path));
                break;
            case "link":
                File.CreateSymbolicLink(Path, "/dev/zero");
                break;
            default:
                using (var made = System.Diagnostics.Process.Start(kind, [Path]))
                {
                    await made.WaitForExitAsync();
                    Assert.Equal(0, made.ExitCode);
                }

                break;
        }
    }

    [Fact]
    public async Task A_link_or_an_oversized_file_trips_the_firm_and_is_not_read()
    {
        File.CreateSymbolicLink(Path, "/etc/passwd");
        await _file.CheckAsync();
        Assert.Contains("symbolic link", Assert.Single(_harness.Ops.Board.Current.Trips).Reason, StringComparison.Ordinal);
        Assert.Null(new FileInfo(Path).LinkTarget);
        await File.WriteAllTextAsync(Path, new string('x', 10_000));
        await _file.CheckAsync();
        Assert.True(new FileInfo(Path).Length < 4096);
    }
}
