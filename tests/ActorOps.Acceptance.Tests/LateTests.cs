using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests;

/// <summary>What a desk is told arrives late: by a slow network between it and its node.</summary>
public class LateTests
{
    [Fact]
    public async Task Permits_that_wait_in_a_socket_let_nothing_leave_when_they_arrive()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        await using var proxy = new TcpProxy(new Uri(trading.Url).Port);
        trading.StartDesk("--server", $"http://127.0.0.1:{proxy.Port}", "--speed", "20");
        await trading.TradesAsync();
        proxy.Delay = TimeSpan.FromSeconds(12);
        var (code, _) = await trading.CliAsync("kill", "--now", "--scope", "strategy/momentum", "--server", trading.Url);
        Assert.Equal(0, code);
        var trip = new AcknowledgedTrip((await trading.KillSwitchAsync()).Trips.Single().TripId, "momentum", BootClock.Now());
        await trading.EventAsync(e => e.Name == "gate" && e.MonotonicNs > trip.AcknowledgedNs && e.Text("level") is "REDUCE_ONLY" or "KILLED", TimeSpan.FromSeconds(10));
        await Task.Delay(TimeSpan.FromSeconds(16));
        RiskLaws.NoOrderLeavesAfterATrip([trip], trading.Events.Where(e => e.IsIncreasingOrder).Select(e => new SentOrder(e.Text("strategy")!, e.MonotonicNs)), TimeSpan.FromSeconds(3.5));
        proxy.Delay = TimeSpan.Zero;
        proxy.Cut();
        await trading.GateAsync("momentum", "KILLED", trip.AcknowledgedNs);
    }
}
