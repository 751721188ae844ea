using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests;

/// <summary>A real Prometheus that takes the node for its Alertmanager, and a real Alertmanager that calls it.</summary>
public class PrometheusTests
{
    [Fact]
    public async Task Its_alert_trips_and_blocks_the_way_back_until_it_has_ended()
    {
        if (!File.Exists("/usr/bin/prometheus"))
        {
            Assert.True(Environment.GetEnvironmentVariable("ACTOROPS_CI") is null, "there is no prometheus here");
            return;
        }

        await using var trading = new Trading();
        await trading.StartNodeAsync("actorops.kill-switch.one-time-codes=false");
        var (added, token) = await trading.CliAsync("access", "add", "prometheus", "--person", "monitoring", "--role", "alerts", "--scope", "symbol/alerted", "--confirm", "prometheus");
        Assert.Equal(0, added);
        await File.WriteAllTextAsync(trading.Folder.File("prometheus.token"), token.Split('\n').Single(line => line.Length == 64));
        Assert.Equal(0, (await trading.CliAsync("access", "add", "bob", "--person", "bob", "--role", "risk", "--confirm", "bob")).Code);
        var until = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 20;
        await File.WriteAllTextAsync(trading.Folder.File("rules.yml"), $$"""
            groups:
            - name: g
              interval: 1s
              rules:
              - alert: HourlyLossExceeded
                expr: vector(time()) < {{until}}
                labels: { action: AUTO_KILL_SWITCH, scope: symbol/alerted }
                annotations: { summary: "lost too much" }
            """);
        await File.WriteAllTextAsync(trading.Folder.File("prometheus.yml"), $$"""
            global: { evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
              - static_configs: [{ targets: ["{{new Uri(trading.Url).Authority}}"] }]
                authorization: { credentials_file: prometheus.token }
            """);
        await using var prometheus = ManagedProcess.StartTool(
            "/usr/bin/prometheus", trading.Folder.Path, ["--config.file=prometheus.yml", $"--web.listen-address=127.0.0.1:{RiskTrading.FreePort()}", "--storage.tsdb.path=prometheus-data", "--rules.alert.resend-delay=1s"]);
        TripView? trip = null;
        await Waiting.For(async () => (trip = (await trading.KillSwitchAsync()).Trips.FirstOrDefault(known => known.Scope == "symbol/alerted")) is not null, TimeSpan.FromSeconds(30));
        Assert.Equal(("lost too much", "prometheus"), (trip!.Reason, trip.By));
        Assert.Equal(7, (await trading.CliAsync("kill", "reset", $"{trip.TripId}", "--root-cause", "bug", "--reason", "fixed", "--confirm", $"{trip.TripId}")).Code);
        Assert.Equal("Failed", await CauseAsync(trading));
        await Waiting.For(async () => await CauseAsync(trading) == "Verified", TimeSpan.FromSeconds(60));
        Assert.Single((await trading.KillSwitchAsync()).Trips);
    }

    /// <summary>A real Alertmanager whose webhook is the node: its fingerprint, its times, its repeats.</summary>
    [Fact]
    public async Task An_alertmanager_trips_by_its_webhook_and_says_when_the_cause_has_ended()
    {
        if (!File.Exists("/usr/bin/prometheus-alertmanager"))
        {
            Assert.True(Environment.GetEnvironmentVariable("ACTOROPS_CI") is null, "there is no prometheus-alertmanager here");
            return;
        }

        await using var trading = new Trading();
        await trading.StartNodeAsync("actorops.kill-switch.one-time-codes=false");
        var (_, token) = await trading.CliAsync("access", "add", "am", "--person", "alertmanager", "--role", "alerts", "--confirm", "am");
        await File.WriteAllTextAsync(trading.Folder.File("am.token"), token.Split('\n').Single(line => line.Length == 64));
        await File.WriteAllTextAsync(trading.Folder.File("am.yml"), $$"""
            route: { receiver: actorops, group_wait: 1s, group_interval: 1s, repeat_interval: 5s }
            receivers:
            - name: actorops
              webhook_configs:
              - url: {{trading.Url}}/api/v1/webhooks/alertmanager
                http_config: { authorization: { credentials_file: am.token } }
            """);
        var port = RiskTrading.FreePort();
        await using var manager = ManagedProcess.StartTool("/usr/bin/prometheus-alertmanager", trading.Folder.Path, ["--config.file=am.yml", $"--web.listen-address=127.0.0.1:{port}", "--storage.path=am-data", "--cluster.listen-address="]);
        await Waiting.For(async () => await SendAsync(port, TimeSpan.FromMinutes(5)), TimeSpan.FromSeconds(20));
        TripView? trip = null;
        await Waiting.For(async () => (trip = (await trading.KillSwitchAsync()).Trips.FirstOrDefault(known => known.Scope == "symbol/managed")) is not null, TimeSpan.FromSeconds(30));
        Assert.Equal(("alert HourlyLossExceeded", "am"), (trip!.Cause, trip.By));
        Assert.Equal(7, (await trading.CliAsync("kill", "reset", $"{trip.TripId}", "--root-cause", "bug", "--reason", "fixed", "--confirm", $"{trip.TripId}")).Code);
        Assert.Equal("Failed", await CauseAsync(trading));
        Assert.True(await SendAsync(port, TimeSpan.FromSeconds(-1)));
        await Waiting.For(async () => await CauseAsync(trading) == "Verified", TimeSpan.FromSeconds(60));
    }

    private static async Task<bool> SendAsync(int port, TimeSpan life)
    {
        using var client = new HttpClient();
        var now = TimeProvider.System.GetUtcNow();
        using var body = new StringContent($"[{{\"labels\":{{\"alertname\":\"HourlyLossExceeded\",\"action\":\"AUTO_KILL_SWITCH\",\"scope\":\"symbol/managed\"}},\"startsAt\":\"{now.AddMinutes(-1):O}\",\"endsAt\":\"{now + life:O}\"}}]", System.Text.Encoding.UTF8, "application/json");
        try
        {
            using var answer = await client.PostAsync($"http://127.0.0.1:{port}/api/v2/alerts", body);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> CauseAsync(Trading trading)
    {
        using var client = trading.Admin;
        var reset = (await trading.KillSwitchAsync()).Resets[^1].ResetId;
        return (await client.GetAsync($"api/v1/kill-switch/resets/{reset}", WireJson.Default.ResetView)).Checks!.Single(check => check.Item == "standing-cause").State;
    }
}
