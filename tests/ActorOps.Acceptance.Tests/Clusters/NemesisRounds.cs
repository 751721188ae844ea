using System.Collections.Concurrent;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>
/// Three nodes, callers that trip and command through all of them, and somebody who kills and pauses nodes, desks and the database, cuts wires, fills disks, and makes the
/// standby take over. After each round everything heals by itself, and the journal must show every acknowledged command once and no write of a stale epoch.
/// </summary>
internal sealed class NemesisRounds(ClusterTrading cluster, int seed)
{
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, byte> _principals = new();
    private RiskCallers _risk = null!;

    public static async Task RunAsync(int rounds, int seed)
    {
        Console.WriteLine($"cluster nemesis: {rounds} rounds, ACTOROPS_SEED={seed}");
        await using var cluster = await ClusterTrading.StartFragileAsync(3, "actorops.kill-switch.one-time-codes=false", "actorops.kill-switch.recovery-hold=0s", "actorops.kill-switch.recovery-sizes=[]");
        cluster.StartDesk();
        var nemesis = new NemesisRounds(cluster, seed);
        nemesis._risk = new RiskCallers(cluster, await ResetPeople.CreateAsync(cluster));
        for (var round = 0; round < rounds; round++)
        {
            await nemesis.RoundAsync(round);
        }

        Console.WriteLine($"cluster nemesis: {nemesis._risk.Summary}");
        Assert.True(nemesis._risk.Resets > 0 || rounds < 10, "no reset was ever approved");
        Console.WriteLine($"cluster nemesis: {cluster.Acknowledged.Count} trips and {nemesis._principals.Count} commands acknowledged, {(await cluster.HistoryAsync()).Count} events");
        Assert.NotEmpty(cluster.Acknowledged);
        Assert.NotEmpty(nemesis._principals);
    }

    private async Task RoundAsync(int round)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 3).SelectMany(via => (Task[])[TripAsync(round, via, stop.Token), CommandAsync(round, via, stop.Token)]).Concat(_risk.Run(round, stop.Token)).ToList();
        var faults = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(_random.Next(200, 1500));
            faults.Add(await DoAsync());
        }

        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        var what = $"round {round}, seed {seed}, {string.Join(", ", faults)}";
        Console.WriteLine($"cluster nemesis: {what}");
        try
        {
            await Waiting.For(async () => await IsWholeAsync(), TimeSpan.FromSeconds(60));
            var history = await StoredAsync();
            history.Check(cluster.Acknowledged.Keys);
            history.CheckPrincipals(_principals.Keys);
            await _risk.CheckAsync();
        }
        catch (Exception broken) when (broken is Xunit.Sdk.XunitException)
        {
            throw new Xunit.Sdk.XunitException($"{what}: {broken.Message}\n{string.Join("\n", cluster.Nodes.Select(node => $"--- {node.Name}\n{string.Join('\n', node.Process.Lines.TakeLast(15))}"))}");
        }
    }

    /// <summary>What every member has latched may still be on its way into the store.</summary>
    private async Task<JournalHistory> StoredAsync()
    {
        JournalHistory history = null!;
        await Waiting.For(async () =>
        {
            history = await cluster.HistoryAsync();
            return history.Trips.IsSupersetOf(cluster.Acknowledged.Keys);
        }, TimeSpan.FromSeconds(30));
        return history;
    }

    private async Task<string> DoAsync()
    {
        var node = cluster.Nodes[_random.Next(3)];
        var seconds = _random.Next(1, 9);
        switch (_random.Next(10))
        {
            case 6 or 7:
                return $"cut {node.Name}: {await cluster.CutAsync(node, _random, TimeSpan.FromSeconds(seconds))}";
            case 8:
                return $"{(await cluster.FillAsync(node, TimeSpan.FromSeconds(seconds)) ? "fill" : "could not fill")} the disk of {node.Name} {seconds} s";
            case 9 when cluster.Standby is not null && _random.Next(3) == 0:
                await cluster.FailOverAsync();
                return "the standby takes over";
            case 9:
                return "nothing";
            case 4:
                cluster.Desk.Signal("STOP");
                await Task.Delay(TimeSpan.FromSeconds(seconds));
                cluster.Desk.Signal("CONT");
                return $"pause the desk {seconds} s";
            case 5:
                await cluster.Desk.KillAsync();
                _risk.Keep(cluster.Events);
                cluster.StartDesk();
                return "kill the desk";
            case 0:
                node.Signal("KILL");
                return $"kill {node.Name}";
            case 1:
                node.Signal("STOP");
                var pid = node.Pid;
                await Task.Delay(TimeSpan.FromSeconds(seconds));
                ManagedProcess.Signal(pid, "CONT");
                return $"pause {node.Name} {seconds} s";
            case 2:
                await cluster.Store.StopAsync("immediate");
                await Task.Delay(TimeSpan.FromSeconds(seconds / 2.0));
                await cluster.Store.StartAgainAsync();
                return $"database down {seconds / 2.0} s";
            default:
                await cluster.Store.SignalAsync("STOP");
                await Task.Delay(TimeSpan.FromSeconds(seconds));
                await cluster.Store.SignalAsync("CONT");
                return $"database paused {seconds} s";
        }
    }

    private async Task<bool> IsWholeAsync()
    {
        try
        {
            for (var via = 0; via < 3; via++)
            {
                if ((await cluster.MembersAsync(via)).Count(member => member.State == "Up") != 3 || (await cluster.GrantsAsync(via, "singletons")).Any(grant => grant.State != "Running"))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception down) when (down is HttpRequestException or ActorOpsException or TaskCanceledException)
        {
            return false;
        }
    }

    private Task TripAsync(int round, int via, CancellationToken stop) => Callers.RepeatAsync(i => cluster.TripAsync(via, $"strategy/r{round}-{via}-{i}", TimeSpan.FromSeconds(3)), stop);

    private Task CommandAsync(int round, int via, CancellationToken stop) => Callers.RepeatAsync(async i =>
    {
        var name = $"p{round}-{via}-{i}";
        using var client = cluster.Admin(via, TimeSpan.FromSeconds(8));
        await client.PostAsync("api/v1/access/principals", new PrincipalBody(name, name, ["auditor"]), WireJson.Default.PrincipalBody, WireJson.Default.PrincipalAnswer, name, stop);
        _principals.TryAdd(name, 0);
    }, stop);
}
