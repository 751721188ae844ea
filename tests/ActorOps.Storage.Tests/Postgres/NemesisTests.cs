using System.Globalization;

using Xunit.Abstractions;

namespace ActorOps.Storage.Tests.Postgres;

/// <summary>
/// Nodes come, die and leave while the database is stopped, crashed and paused, at random; a singleton writes all the while. What the database holds at
/// the end is the judge. ACTOROPS_NEMESIS_SEED repeats the choices of a run, ACTOROPS_SOAK_ROUNDS sets how many there are.
/// </summary>
[Trait("Needs", "Postgres")]
[Trait("Category", "Soak")]
public sealed class NemesisTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestNode.History _history = new();
    private readonly List<TestNode> _nodes = [];
    private PostgresServer _server = null!;
    private string _connection = string.Empty;
    private int _names;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        _connection = await _server.DatabaseAsync("nemesis");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Whatever_happens_there_is_one_writer_at_a_time_and_nothing_acknowledged_is_lost()
    {
        var seed = Environment.GetEnvironmentVariable("ACTOROPS_NEMESIS_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
        var rounds = int.Parse(Environment.GetEnvironmentVariable("ACTOROPS_SOAK_ROUNDS") ?? "4", CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}, {rounds} rounds");
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            while (_nodes.Count < 3)
            {
                _nodes.Add(await TestNode.StartAsync(_connection, $"n{_names++}", _history));
            }

            await ProgressAsync(10);
            await StrikeAsync(random);
        }

        await ProgressAsync(10);
        foreach (var node in _nodes)
        {
            await node.KillAsync();
        }

        await using var store = await TestStores.OpenAsync(_connection);
        await _history.CheckAsync(store);
        output.WriteLine($"{_history.Acknowledged.Count} acknowledged, {_history.Starts.Count} starts");
    }

    /// <summary>Somebody writes, and goes on writing.</summary>
    private async Task ProgressAsync(int events)
    {
        var before = _history.Acknowledged.Count;
        await Waiting.For(() => _history.Acknowledged.Count >= before + events, TimeSpan.FromSeconds(60));
    }

    private async Task StrikeAsync(Random random)
    {
        var victim = _nodes.Find(node => node.IsActive) is { } active && random.Next(3) > 0 ? active : _nodes[random.Next(_nodes.Count)];
        var strike = random.Next(6);
        output.WriteLine($"strike {strike}");
        switch (strike)
        {
            case 0 or 1:
                _nodes.Remove(victim);
                await victim.KillAsync();
                break;
            case 2:
                _nodes.Remove(victim);
                await victim.LeaveAsync();
                await victim.KillAsync();
                break;
            case 3:
                await _server.StopAsync("fast");
                await _server.StartAgainAsync();
                break;
            case 4:
                await _server.StopAsync("immediate");
                await PassAsync(TimeSpan.FromSeconds(random.Next(1, 5)));
                await _server.StartAgainAsync();
                break;
            default:
                await _server.SignalAsync("STOP");
                await PassAsync(TimeSpan.FromSeconds(random.Next(1, 7)));
                await _server.SignalAsync("CONT");
                break;
        }

        _nodes.RemoveAll(node => node.Node.Lease.Fenced.IsCancellationRequested);
    }

    private static async Task PassAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
