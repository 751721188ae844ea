using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;

namespace ActorOps.Storage.Tests.Postgres;

/// <summary>A server of its own, since it is stopped, paused and crashed here.</summary>
[Trait("Needs", "Postgres")]
public sealed class PostgresConnectionsTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private PostgresStore _store = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _store = await TestStores.OpenAsNodeAsync(await _server.DatabaseAsync("faults"));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_restart_costs_a_moment_and_nothing_that_was_acknowledged(string mode)
    {
        Assert.IsType<AppendResult.Appended>(await AppendAsync(0));
        await _server.StopAsync(mode);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(1));
        await _server.StartAgainAsync();
        await Waiting.For(async () => await TryAppendAsync(1));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task A_server_that_is_paused_holds_no_call_longer_than_its_limit_and_is_not_flooded()
    {
        await AppendAsync(0);
        await _server.SignalAsync("STOP");
        try
        {
            for (var attempt = 0; attempt < 6; attempt++)
            {
                // The server answers nothing before the end of this test: a call without a limit of its own would not end.
                var unavailable = await Assert.ThrowsAsync<JournalUnavailableException>(() => AppendAsync(1).WaitAsync(TimeSpan.FromSeconds(30)));

                // One that hangs is given up on; a new connection gives up by itself; too many that hang, and none is made.
                Assert.Matches("did not answer within|has not answered 3 calls|refused or did not answer", unavailable.Message);
            }
        }
        finally
        {
            await _server.SignalAsync("CONT");
        }

        // An append that was given up on may have been stored when the server went on: asking again finds out.
        await Waiting.For(async () => await CountAsync() >= 1 && (await TryAppendAsync(await CountAsync())), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_repeated_command_whose_first_answer_was_lost_is_stored_once()
    {
        var command = Guid.CreateVersion7();
        var request = new AppendRequest("s", 0, null, command, [new JournalEntry("test.v1", "{}")]);
        await _store.Journal.AppendAsync(request);
        await using var other = await TestStores.OpenAsNodeAsync($"Host=127.0.0.1:{_server.Port};Username=actorops;Database=faults");
        Assert.Equal(new AppendResult.Appended(1), await other.Journal.AppendAsync(request));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Nobody_there_is_said_by_name()
    {
        var nowhere = await Assert.ThrowsAsync<JournalUnavailableException>(() => PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = "Host=127.0.0.1:1;Username=x;Database=y", Cluster = "test" }, TimeProvider.System));
        Assert.Contains("127.0.0.1:1", nowhere.Message, StringComparison.Ordinal);
        var stranger = await Assert.ThrowsAsync<JournalUnavailableException>(() => PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = $"Host=127.0.0.1:{_server.Port};Username=actorops;Database=nothing", Cluster = "test" }, TimeProvider.System));
        Assert.Contains("\"nothing\" does not exist", stranger.Message, StringComparison.Ordinal);
    }

    private async Task<bool> TryAppendAsync(long expected)
    {
        try
        {
            return await AppendAsync(expected) is AppendResult.Appended;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private Task<AppendResult> AppendAsync(long expected) =>
        _store.Journal.AppendAsync(new AppendRequest("s", expected, null, Guid.CreateVersion7(), [new JournalEntry("test.v1", "{}")])).AsTask();

    private async Task<int> CountAsync()
    {
        try
        {
            var count = 0;
            await foreach (var _ in _store.Journal.ReadStreamAsync("s", 1))
            {
                count++;
            }

            return count;
        }
        catch (JournalUnavailableException)
        {
            return -1;
        }
    }
}
