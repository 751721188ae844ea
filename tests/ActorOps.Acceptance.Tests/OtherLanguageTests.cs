using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests;

/// <summary>Desks that are not written in C#: the examples of the documentation, as they stand there.</summary>
public class OtherLanguageTests
{
    private const string Document = "docs/reference/gate-protocol.md";
    private static readonly string[] Scopes = ["firm", "region/eu", "broker/b", "account/a", "strategy/s"];
    private static readonly string[] Desk =
    [
        "actorops.desks.py.aum=1000", "actorops.desks.py.brokers.b={}", "actorops.desks.py.accounts.a.broker=b", "actorops.desks.py.feeds.f={}", "actorops.desks.py.strategies.s={account=a,feed=f,aum=1000}",
        "actorops.node.first-desk=py", "actorops.rules.stale-after=1h",
    ];

    [Fact]
    public async Task The_python_gate_opens_closes_on_a_trip_and_remembers_it_and_loses_its_permit_with_the_node()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync([.. Desk, "actorops.rules.evaluation-grace=0s"]);
        await FeedAsync(trading);
        DocumentedCode.Extract(Document, "python", trading.Folder.File("gate.py"));
        await using var python = Start(trading);
        await python.ExpectAsync("\"adds\": true");
        var tripped = await trading.CliAsync("kill", "--now", "--scope", "strategy/s", "-o", "json");
        Assert.Equal(0, tripped.Code);
        var acknowledged = BootClock.Now();
        await Waiting.For(() => python.Lines.Any(line => line.Contains("\"control\": \"cancel-all\"", StringComparison.Ordinal)));
        await Waiting.For(() => Last(python) is { Adds: false, Reduces: false });
        Assert.True(Last(python).Clock < acknowledged + 500_000_000, "it took more than half a second");
        await python.KillAsync();
        await trading.Node.KillAsync();

        // Without any node it still knows.
        await using var again = Start(trading);
        await again.ExpectAsync("trouble");
        Assert.DoesNotContain(again.Lines, line => line.Contains("\"reduces\": true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_python_gate_adds_no_risk_once_its_node_stands_still()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync([.. Desk, "actorops.rules.evaluation-grace=0s"]);
        await FeedAsync(trading);
        DocumentedCode.Extract(Document, "python", trading.Folder.File("gate.py"));
        await using var python = Start(trading);
        await python.ExpectAsync("\"adds\": true");
        var stopped = BootClock.Now();
        trading.Node.Signal("STOP");
        await Waiting.For(() => Last(python) is { Adds: false, Reduces: true }, TimeSpan.FromSeconds(10));
        Assert.InRange((Last(python).Clock - stopped) / 1_000_000, 0, 3500);
        trading.Node.Signal("CONT");
        await Waiting.For(() => Last(python).Adds, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_curl_example_shows_states_and_a_permit_each_second()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync(Desk);
        DocumentedCode.Extract(Document, "bash", trading.Folder.File("gate.sh"));
        await using var curl = ManagedProcess.StartTool("bash", trading.Folder.Path, ["gate.sh", trading.Url, Path.Combine(trading.Data, "desk.token"), "py", "60"]);
        await Waiting.For(() => curl.Lines.Count(line => line == "event: permit") >= 3, TimeSpan.FromSeconds(15));
        Assert.Contains("event: state", curl.Lines);
        Assert.Contains(curl.Lines, line => line.Contains("\"validForMs\":3000", StringComparison.Ordinal));
    }

    private static ManagedProcess Start(Trading trading) =>
        ManagedProcess.StartTool("python3", trading.Folder.Path, ["gate.py", trading.Url, Path.Combine(trading.Data, "desk.token"), "py", "gate.json", .. Scopes]);

    /// <summary>One heartbeat of everything, so that nothing of the desk is unknown.</summary>
    private static async Task FeedAsync(Trading trading)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(trading.Data, "desk.token"))).Trim());
        using var body = new StringContent("{\"type\":\"pnl\",\"strategy\":\"s\",\"realized\":0,\"unrealized\":0}\n{\"type\":\"heartbeat\",\"kind\":\"broker\",\"id\":\"b\"}\n{\"type\":\"tick\",\"feed\":\"f\",\"symbol\":\"X\",\"last\":1}\n");
        using var answer = await client.PostAsync(trading.Url + "/api/v1/signals", body);
        Assert.Contains("\"accepted\":3", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static (long Clock, bool Adds, bool Reduces) Last(ManagedProcess python)
    {
        var line = python.Lines.LastOrDefault(line => line.Contains("\"adds\"", StringComparison.Ordinal));
        if (line is null)
        {
            return (0, false, false);
        }

        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("clock").GetInt64(), json.RootElement.GetProperty("adds").GetBoolean(), json.RootElement.GetProperty("reduces").GetBoolean());
    }
}
