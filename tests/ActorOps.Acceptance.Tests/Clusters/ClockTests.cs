using ActorOps.Acceptance.Tests.Harness;
using Npgsql;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Machines that do not agree about the time.</summary>
[Trait("Needs", "Postgres")]
public class ClockTests
{
    private static string? Library => Directory.GetDirectories("/usr/lib").Select(directory => Path.Combine(directory, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    [Fact]
    public async Task A_node_whose_clock_is_an_hour_off_is_a_member_like_any_other()
    {
        if (Library is not { } library)
        {
            Console.WriteLine("LEFT OUT: there is no libfaketime here (Debian: faketime)");
            Assert.Null(Environment.GetEnvironmentVariable("ACTOROPS_CI"));
            return;
        }

        await using var cluster = await ClusterTrading.StartAsync(0, hasManagers: true, ClusterTrading.Steady);
        var fast = new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["FAKETIME"] = "+1h", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" };
        cluster.AddNode(1, fast);
        cluster.AddNode(2);
        cluster.AddNode(3, new Dictionary<string, string>(fast) { ["FAKETIME"] = "-1h" });
        await cluster.ReadyAsync();
        cluster.StartDesk();
        await cluster.TradesAsync();
        for (var via = 0; via < 3; via++)
        {
            var trip = await cluster.TripAsync(via, $"strategy/by-{via}");
            Assert.True(Math.Abs((trip.LatchedAt - DateTimeOffset.UtcNow).TotalSeconds) < 30, $"node-{via + 1} dates by the store, not by its own clock: {trip.LatchedAt:O}");
        }

        // Long enough for every lease to have been renewed several times, and for a wrong one to have lapsed.
        await Task.Delay(TimeSpan.FromSeconds(14));
        var members = await cluster.MembersAsync(0);
        Assert.True(members.All(member => member is { State: "Up", Incarnation: 1 }), $"{string.Join("; ", members)}\n{string.Join('\n', cluster.Nodes.Select(node => node.Process.Output))}");
        await cluster.SupervisedAsync(1);
        var skewed = await cluster.SkewedAsync(0);
        Assert.True(skewed.Count == 0, $"{string.Join(", ", skewed)}\n{string.Join('\n', cluster.Desk.Lines.Where(line => line.Contains("signals", StringComparison.Ordinal)))}");
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
        await using var command = source.CreateCommand("select count(*) from journal where abs(extract(epoch from at - clock_timestamp())) > 600");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }
}
