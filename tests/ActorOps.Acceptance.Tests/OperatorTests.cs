using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests;

/// <summary>What a person does at the command line.</summary>
public class OperatorTests
{
    [Fact]
    public async Task A_kill_from_another_terminal_stops_every_order_and_two_persons_bring_the_desk_back()
    {
        await using var trading = new Trading();
        await trading.StartWithBrokerAsync(["actorops.kill-switch.recovery-hold=3s", "actorops.kill-switch.recovery-step=5s", "actorops.kill-switch.recovery-sizes=[0.5]"], "--speed", "20");
        await trading.TradesAsync();
        var (code, output) = await trading.CliAsync("kill", "--now", "--reason", "odd fills", "-o", "json");
        var acknowledged = BootClock.Now();
        Assert.Equal(0, code);
        using var trip = JsonDocument.Parse(output.Split('\n').First(line => line.StartsWith('{')));
        var tripId = trip.RootElement.GetProperty("tripId").GetString()!;
        await trading.GateAsync("momentum", "KILLED");
        await Waiting.For(() => trading.Events.Count(e => e.Name == "order-blocked" && e.MonotonicNs > acknowledged) >= 3, TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(trading.Events, e => e.Name == "order-sent" && e.MonotonicNs > acknowledged);

        Assert.Equal((2, true), Refused(await trading.CliAsync("kill", "reset", tripId, "--root-cause", "bug", "--reason", "fixed"), "--confirm"));
        var bob = await trading.AddPersonAsync("bob");
        var own = await trading.EnrollAsync();
        Assert.Equal(6, (await trading.CliAsync("access", "enroll")).Code);
        var (waiting, checklist) = await trading.CliAsync("kill", "reset", tripId, "--root-cause", "bug", "--reason", "fixed", "--confirm", tripId);
        Assert.Equal((7, true), (waiting, checklist.Contains("reconciliation", StringComparison.Ordinal)));
        var open = (await trading.KillSwitchAsync()).Resets.Single().ResetId.ToString();
        Assert.Equal((6, true), Refused(await trading.CliAsync("kill", "approve", open, "--confirm", open, "--token-file", "bob.token", "--code", bob.Next()), "checklist-open"));
        var reset = await trading.AskForResetAsync(tripId);
        Assert.Equal((4, true), Refused(await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--code", own.Next()), "own-request"));
        Assert.Equal((4, true), Refused(await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--token-file", "bob.token"), "code-missing"));
        Assert.Equal((4, true), Refused(await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--token-file", "bob.token", "--code", "000000"), "wrong-code"));
        Assert.Equal((4, true), Refused(await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--token-file", "bob.token", "--code", own.Next()), "wrong-code"));
        var code1 = bob.Next();
        Assert.Equal(0, (await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--token-file", "bob.token", "--code", code1)).Code);

        // Then back by itself: REDUCE_ONLY, a share of the size, all of it.
        var reduced = await trading.GateAsync("momentum", "REDUCE_ONLY", acknowledged);
        var half = await trading.EventAsync(e => e.IsIncreasingOrder && e.MonotonicNs > reduced.MonotonicNs);
        Assert.InRange((await trading.KillSwitchAsync()).Trips.Count, 0, 1);
        await Waiting.For(async () => (await trading.KillSwitchAsync()).Trips.Count == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(5, (await trading.CliAsync("kill", "approve", reset, "--confirm", reset, "--token-file", "bob.token", "--code", code1)).Code);
        Assert.True(half.MonotonicNs - reduced.MonotonicNs > 2_000_000_000);
    }

    [Fact]
    public async Task A_kill_with_no_node_writes_the_file_and_the_node_starts_tripped()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        await trading.Node.KillAsync();
        var (code, output) = await trading.CliAsync("kill", "--now", "--scope", "symbol/offline");
        Assert.Equal(10, code);
        Assert.Contains("LOCAL ONLY", output, StringComparison.Ordinal);
        await trading.StartNodeAsync();
        await Waiting.For(async () => (await trading.KillSwitchAsync()).Trips.Any(trip => trip is { Scope: "symbol/offline", Source: "file" }));
    }

    [Fact]
    public async Task The_reads_work_and_say_what_is_wrong()
    {
        await using var trading = new Trading();
        await trading.StartAsync([], "--speed", "20");
        await trading.TradesAsync();
        await Waiting.For(async () => (await trading.CliAsync("status")).Code == 0);
        foreach (var (line, expected) in ((string, string)[])[
            ("status", "nothing tripped or held"), ("status", "1 of 1 up; store trusted"), ("status", "desk paper"), ("supervisor list", "strategy/momentum"), ("supervisor show strategy/momentum", "hourly-pnl"), ("actor tree", "ShardHostActor"), ("kill status", "firm"),
            ("feed check spy-primary", "Healthy"), ("config show", "actorops.rules.hourly-pnl.critical"), ("log tail --from start --no-follow", "desks.registered.v1"), ("access list", "first-admin"),
            ("escalation list", "SEVERITY"), ("cluster singletons", "kill-switch"), ("status -o json", "\"node\":{")])
        {
            var (code, output) = await trading.CliAsync(line.Split(' '));
            Assert.True(code == 0 && output.Contains(expected, StringComparison.Ordinal), $"{line}: {code}\n{output}");
        }

        Assert.Equal((5, true), Refused(await trading.CliAsync("supervisor", "show", "strategy/nobody"), "unknown-target"));
        Assert.Equal((2, true), Refused(await trading.CliAsync("supervisor", "shwo"), "see actorops --help"));
        Assert.Equal((9, true), Refused(await trading.CliAsync("status", "--server", "http://127.0.0.1:1"), "no answer"));
        await File.WriteAllTextAsync(trading.Folder.File("stranger.token"), new string('0', 64));
        Assert.Equal((4, true), Refused(await trading.CliAsync("access", "list", "--token-file", "stranger.token"), "unauthenticated"));
    }

    private static (int, bool) Refused((int Code, string Output) result, string expected) => (result.Code, result.Output.Contains(expected, StringComparison.Ordinal));
}
