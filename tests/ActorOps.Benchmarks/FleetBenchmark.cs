using System.Diagnostics;
using System.Globalization;
using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Scheduling;
using ActorOps.Storage.Postgres;
using ActorOps.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks;

/// <summary>
/// Fifty members of two regions with all their grants (shards of 10,000 targets are no more grants than those of ten) on one private PostgreSQL: what they
/// cost the database when nothing happens, and how long it takes until all of them know of a change.
/// </summary>
internal static class FleetBenchmark
{
    private const int Nodes = 50;
    private static readonly TimeProvider Time = BootTimeProvider.Instance;

    public static async Task RunAsync()
    {
        if (PostgresServer.Binaries is null)
        {
            Console.WriteLine("bench fleet: left out, there is no PostgreSQL here");
            return;
        }

        await using var server = await PostgresServer.StartAsync("max_connections=900");
        var connection = await server.DatabaseAsync("fleet");
        var members = new List<FleetMember>();
        for (var number = 0; number < Nodes; number++)
        {
            members.Add(await FleetMember.StartAsync(connection, number));
        }

        await UntilAsync(() => members.TrueForAll(member => IsSettled(member.Node.View, Nodes)));
        await Task.Delay(TimeSpan.FromSeconds(15));
        var before = CpuSeconds(server.ProcessId);
        var measured = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(20));
        Figures.Print("fleet-50-database-load", 100 * (CpuSeconds(server.ProcessId) - before) / Stopwatch.GetElapsedTime(measured).TotalSeconds, "%_of_a_core", "budget", 10);

        var started = Stopwatch.GetTimestamp();
        members.Add(await FleetMember.StartAsync(connection, Nodes));
        await UntilAsync(() => members.TrueForAll(member => member.Node.View.Members.Count(other => other.State == MemberState.Up) == Nodes + 1));
        Figures.Print("fleet-50-join-known-to-all", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms", "budget", 5000);
        started = Stopwatch.GetTimestamp();
        var leaver = members[^1];
        members.Remove(leaver);
        await leaver.LeaveAsync();
        await UntilAsync(() => members.TrueForAll(member => IsSettled(member.Node.View, Nodes)));
        Figures.Print("fleet-50-leave-known-to-all", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms", "budget", 5000);
        started = Stopwatch.GetTimestamp();
        foreach (var dead in members.Take(3).ToList())
        {
            members.Remove(dead);
            await dead.KillAsync();
        }

        await UntilAsync(() => members.TrueForAll(member => IsSettled(member.Node.View, Nodes - 3)));
        Figures.Print("fleet-50-three-dead-replaced", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms", "budget_of_a_takeover", 8000);
        await Task.WhenAll(members.Select(member => member.KillAsync()));
    }

    private static bool IsSettled(ClusterView view, int up)
    {
        var alive = view.Members.Where(member => member.State == MemberState.Up).Select(member => member.Key).ToHashSet();
        return alive.Count == up && view.Grants.Count >= 128 && view.Grants.All(grant => grant.Holder is { } holder && alive.Contains(holder));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await ticks.WaitForNextTickAsync();
        }
    }

    /// <summary>Processor time of the server and its children, the ended ones included.</summary>
    private static double CpuSeconds(int postmaster)
    {
        var total = 0.0;
        foreach (var directory in Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(directory, "stat"));
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var isServer = Path.GetFileName(directory) == postmaster.ToString(CultureInfo.InvariantCulture);
                if (isServer || fields[1] == postmaster.ToString(CultureInfo.InvariantCulture))
                {
                    total += (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)
                        + (isServer ? double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture) : 0)) / 100;
                }
            }
            catch (IOException)
            {
                // That process has ended meanwhile.
            }
        }

        return total;
    }

    private sealed class FleetMember(PostgresStore store, ClusterNode node, GrantHost host)
    {
        public ClusterNode Node => node;

        public static async Task<FleetMember> StartAsync(string connection, int number)
        {
            var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = connection, Cluster = "fleet" }, Time);
            var region = number % 2 == 0 ? "eu" : "us";
            var options = new ClusterNodeOptions { Node = $"n{number:00}", Cluster = "fleet", Description = new NodeDescription(region, ["control", "data"], "x", "0", 1, 1) };
            var node = await ClusterNode.JoinAsync(options, store.Membership, store.Doorbell, Time, NullLogger.Instance);
            var host = new GrantHost(Specs(), store.Leases, node.Lease, store.Doorbell, Time, NullLogger.Instance);
            node.Follow(host.FollowAsync);
            await node.StartAsync();
            return new FleetMember(store, node, host);
        }

        public Task<bool> LeaveAsync() => node.LeaveAsync(() => host.HandOverAsync(node.View));

        public async Task KillAsync()
        {
            await node.DisposeAsync();
            await host.DisposeAsync();
            await store.DisposeAsync();
        }

        private static List<GrantSpec> Specs() =>
        [
            .. ((string[])["kill-switch", "access", "desks", "feeds", "limits"]).Select(name => new GrantSpec(name, IdleAsync) { Role = "control" }),
            .. ((string[])["eu", "us"]).SelectMany(region => ShardMap.NamesOf(region).Select(shard => new GrantSpec(shard, IdleAsync) { Role = "data", Region = region, IsSticky = false })),
        ];

        private static async Task IdleAsync(ActorOps.Kernel.Persistence.FencingToken token, CancellationToken cancellation) =>
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
