using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests;

/// <summary>Bringing a scope to rest, and what is certified of it.</summary>
public class EmergencyTests
{
    [Fact]
    public async Task An_emergency_shutdown_leaves_no_order_and_names_the_positions_that_the_broker_still_has()
    {
        await using var trading = new Trading();
        var broker = await trading.StartWithBrokerAsync([], "--speed", "20");
        await trading.EventAsync(e => e.Name == "fill");
        var (dry, plan) = await trading.CliAsync("emergency", "shutdown", "--dry-run");
        Assert.Equal(0, dry);
        Assert.Contains("cancel every open order of firm at paper-broker", plan, StringComparison.Ordinal);
        Assert.Empty((await trading.KillSwitchAsync()).Trips);
        var (code, output) = await trading.CliAsync("emergency", "shutdown", "--reason", "runaway", "--quiet", "-o", "json");
        var view = JsonSerializer.Deserialize(output, WireJson.Default.ProcedureView)!;
        var held = JsonDocument.Parse(await RiskTrading.GetAsync(broker, "/v2/positions")).RootElement.EnumerateArray().Select(position => ("paper-broker", position.GetProperty("strategy").GetString(), decimal.Parse(position.GetProperty("qty").GetString()!, System.Globalization.CultureInfo.InvariantCulture))).Order().ToList();
        Assert.Equal(held, view.Certificate!.OpenPositions!.Select(position => (position.Broker, position.Strategy, position.Quantity)).Order());
        Assert.True((code, view.Outcome, view.Certificate.Outcome) == (held.Count == 0 ? (0, "FLAT", "FLAT") : (3, "ORDERS-CLEAN", "ORDERS-CLEAN")), output);
        Assert.True(view.Certificate.Reads >= 4);
        Assert.True(view.Certificate.VerifiedAt - view.StartedAt < TimeSpan.FromSeconds(12));
        var stopped = await trading.GateAsync("momentum", "KILLED");
        Assert.DoesNotContain(trading.Events, e => e.Name == "order-sent" && e.MonotonicNs > stopped.MonotonicNs);
        await trading.EventAsync(e => e.Name == "control" && e.Text("kind") == "disable-auto-restart");
        await trading.Node.ExpectAsync("Emergency of firm by admin: runaway");
    }

    [Fact]
    public async Task Orders_that_the_broker_does_not_let_go_are_residual_and_a_dead_broker_is_unknown()
    {
        await using var trading = new Trading();
        var broker = await trading.StartWithBrokerAsync([], "--speed", "20");
        await trading.TradesAsync();
        await RiskTrading.PostAsync(broker, "/faults?spec=stuck-orders%2B600s");
        await Waiting.For(async () => (await RiskTrading.GetAsync(broker, "/v2/orders?status=open")).Contains("pending_new", StringComparison.Ordinal), TimeSpan.FromSeconds(60));
        var (code, output) = await trading.CliAsync("kill", "trip", "--cancel", "--now", "-o", "json", "--scope", "broker/paper-broker");
        Assert.Equal(0, code);
        using var trip = JsonDocument.Parse(output.Split('\n').First(line => line.StartsWith('{')));
        var id = trip.RootElement.GetProperty("procedureId").GetGuid();
        ProcedureView view = null!;
        await Waiting.For(async () => (view = await ReadAsync(trading, id)).Outcome is not null, TimeSpan.FromSeconds(90));
        Assert.Equal("RESIDUAL", view.Outcome);
        Assert.NotEmpty(view.Certificate!.OrdersAfter);
        await trading.Desk.KillAsync();
        var (unknown, text) = await trading.CliAsync("emergency", "shutdown", "--scope", "account/main", "--reason", "desk is gone");
        Assert.Equal(11, unknown);
        Assert.Contains("UNKNOWN", text, StringComparison.Ordinal);
        Assert.Contains("paper-broker: no answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Positions_are_closed_only_with_the_scope_typed_and_once_another_person_agrees()
    {
        await using var trading = new Trading();
        await trading.StartWithBrokerAsync([], "--speed", "20");
        await trading.EventAsync(e => e.Name == "fill");
        var bob = await trading.AddPersonAsync("bob");
        var (unconfirmed, _) = await trading.CliAsync("emergency", "shutdown", "--flatten", "--reason", "r");
        Assert.Equal(2, unconfirmed);
        var (code, output) = await trading.CliAsync("emergency", "shutdown", "--flatten", "--confirm", "firm", "--reason", "out of here", "--quiet", "-o", "json");
        Assert.True(code == 8, output);
        var view = JsonSerializer.Deserialize(output, WireJson.Default.ProcedureView)!;
        var change = view.FlattenChangeId!.Value.ToString();
        Assert.Equal((4, true), Refused(await trading.CliAsync("change", "approve", change, "--code", "123456", "--confirm", change), "own-request"));
        Assert.Null((await ReadAsync(trading, view.ProcedureId)).Outcome);
        Assert.Equal(0, (await trading.CliAsync("change", "approve", change, "--code", bob.Next(), "--confirm", change, "--token-file", "bob.token")).Code);
        await Waiting.For(async () => (view = await ReadAsync(trading, view.ProcedureId)).Outcome is not null, TimeSpan.FromSeconds(60));
        Assert.True(view.Outcome == "FLAT", string.Join("; ", view.Steps));
        Assert.NotEmpty(view.Certificate!.PositionsBefore!);
        Assert.Empty(view.Certificate.PositionsAfter!);
        var direct = trading.Events.Where(e => e.Name == "order-direct").ToList();
        Assert.Equal(direct.Count, direct.Select(e => e.Text("orderId")).Distinct().Count());
        Assert.All(direct.GroupBy(e => e.Text("strategy")), orders => Assert.Single(orders));
    }

    [Fact]
    public async Task With_the_store_gone_the_scope_is_brought_to_rest_all_the_same()
    {
        await using var cluster = await ClusterTrading.StartAsync(1, hasManagers: false, "actorops.brokers.paper-broker.url=http://127.0.0.1:" + Port, "actorops.kill-switch.answer-within-ms=100");
        cluster.StartDesk("--control-port", $"{Port}");
        await cluster.TradesAsync();
        await cluster.Store.StopAsync("immediate");
        var (code, output) = await cluster.CliAsync(0, "emergency", "shutdown", "--reason", "store is gone", "--quiet", "-o", "json");
        var view = JsonSerializer.Deserialize(output.Split('\n').First(line => line.StartsWith('{')), WireJson.Default.ProcedureView)!;
        Assert.Contains(view.Certificate!.Outcome, (string[])["FLAT", "ORDERS-CLEAN"]);
        Assert.Equal(11, code);
        Assert.Equal(("Done", "Unknown"), (view.Steps.First(step => step.Name == "cancel-all").State, view.Steps.First(step => step.Name == "notify").State));
        await cluster.Store.StartAgainAsync();
        await Waiting.For(async () => (await cluster.HistoryAsync()).Kinds.Contains("procedures.kept.v1"), TimeSpan.FromSeconds(60));
    }

    private static int Port { get; } = RiskTrading.FreePort();

    private static async Task<ProcedureView> ReadAsync(Trading trading, Guid id)
    {
        using var client = trading.Admin;
        return await client.GetAsync($"api/v1/emergencies/{id}", WireJson.Default.ProcedureView);
    }

    private static (int, bool) Refused((int Code, string Output) result, string expected) => (result.Code, result.Output.Contains(expected, StringComparison.Ordinal));
}
