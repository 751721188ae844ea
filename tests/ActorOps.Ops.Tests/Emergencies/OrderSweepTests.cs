using ActorOps.Ops.Brokers;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Emergencies;

public class OrderSweepTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly FakeBroker _broker = new();

    [Fact]
    public async Task Everything_open_is_cancelled_and_two_looks_a_second_apart_prove_it()
    {
        _broker.Orders.AddRange([FakeBroker.Order("1"), FakeBroker.Order("2")]);
        var began = _time.GetUtcNow();
        var certificate = await RunAsync();
        Assert.Equal(("FLAT", 2, 0, 2), (certificate.Outcome, certificate.OrdersBefore.Count, certificate.OrdersAfter.Count, certificate.CancelsSent));
        Assert.True(certificate.VerifiedAt - began >= TimeSpan.FromSeconds(1));
        Assert.True(certificate.Reads >= 3);
    }

    [Fact]
    public async Task One_look_that_shows_nothing_proves_nothing_and_what_turns_up_late_is_cancelled()
    {
        _broker.OnLook = look =>
        {
            if (look == 2)
            {
                _broker.Orders.Add(FakeBroker.Order("late"));
            }
        };
        var certificate = await RunAsync();
        Assert.Equal(("FLAT", 1), (certificate.Outcome, certificate.OrdersBefore.Count));
        Assert.Equal(["late"], _broker.Cancelled);
        Assert.True(certificate.Reads >= 4);
    }

    [Fact]
    public async Task Orders_that_do_not_go_are_named()
    {
        _broker.IgnoresCancels = true;
        _broker.Orders.Add(FakeBroker.Order("stuck"));
        var certificate = await RunAsync();
        Assert.Equal("RESIDUAL", certificate.Outcome);
        Assert.Contains("stuck", Assert.Single(certificate.OrdersAfter), StringComparison.Ordinal);
        Assert.True(_broker.Cancelled.Count > 2);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_unknown_and_never_clean()
    {
        _broker.IsDown = true;
        var certificate = await RunAsync();
        Assert.Equal(("UNKNOWN", "b: down"), (certificate.Outcome, Assert.Single(certificate.UnknownVenues)));
    }

    [Fact]
    public async Task A_broker_that_goes_away_between_two_looks_must_show_nothing_twice_again()
    {
        _broker.Unanswered.Add(2);
        Assert.Equal("FLAT", (await RunAsync()).Outcome);
        Assert.Equal((4, 3), (_broker.Asked, _broker.Looks));
    }

    [Fact]
    public async Task What_is_of_others_is_left_alone_and_what_nobody_claims_is_not()
    {
        _broker.Orders.AddRange([FakeBroker.Order("mine"), FakeBroker.Order("theirs", "t"), FakeBroker.Order("nobodys", null)]);
        Assert.Equal("FLAT", (await RunAsync(Scope.Strategy("s"))).Outcome);
        Assert.Equal(["mine", "nobodys"], _broker.Cancelled.Order());
    }

    [Fact]
    public async Task Positions_are_read_after_the_last_look_and_named_and_the_word_says_that_they_are_open()
    {
        _broker.OnLook = look => _broker.Positions.AddRange(look == 2 ? [new BrokerPosition("a", "s", "SPY", -570), new BrokerPosition("a", null, "QQQ", 0.125m)] : []);
        var certificate = await RunAsync();
        Assert.Equal("ORDERS-CLEAN", certificate.Outcome);
        Assert.Equal("ORDERS-CLEAN, 2 positions open (+0.125 QQQ, -570 SPY)", certificate.Summary);
        Assert.Equal([new OpenPosition("b", "a", null, "QQQ", 0.125m), new OpenPosition("b", "a", "s", "SPY", -570)], certificate.OpenPositions!);
        Assert.True(certificate.PositionsReadAt >= certificate.VerifiedAt);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_about_positions_is_unknown_and_never_flat()
    {
        _broker.HidesPositions = true;
        var certificate = await RunAsync();
        Assert.Equal(("UNKNOWN", null), (certificate.Outcome, certificate.OpenPositions));
        Assert.Equal("b: positions are not available (positions)", Assert.Single(certificate.UnknownVenues));
    }

    [Fact]
    public async Task Lists_that_are_not_complete_leave_it_unknown_and_what_they_show_is_cancelled_and_named_all_the_same()
    {
        _broker.Orders.Add(FakeBroker.Order("1"));
        _broker.Positions.Add(new BrokerPosition("a", "s", "SPY", 5));
        (_broker.OrdersIncomplete, _broker.PositionsIncomplete) = ("a page is missing", "an element cannot be read");
        var certificate = await RunAsync();
        Assert.Equal(["1"], _broker.Cancelled);
        Assert.Equal(("UNKNOWN", 2), (certificate.Outcome, certificate.UnknownVenues.Count));
        Assert.EndsWith("last seen: 1 position open (+5 SPY)", certificate.Summary, StringComparison.Ordinal);
    }

    private Task<Certificate> RunTask(Scope? scope = null)
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk]);
        return new OrderSweep(_broker, new BrokerScopes(registry), scope ?? Scope.Firm, _time).RunAsync(TimeSpan.FromSeconds(15), CancellationToken.None);
    }

    private async Task<Certificate> RunAsync(Scope? scope = null)
    {
        var running = RunTask(scope);
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return running.IsCompleted;
        });
        return await running;
    }
}
