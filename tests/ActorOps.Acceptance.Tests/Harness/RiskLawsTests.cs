using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>
/// The laws catch what they are there for. Each defect that a system like this is known for is planted here beside the right behaviour, the same story is told with
/// both, and the law must break for the one and hold for the other.
/// </summary>
public class RiskLawsTests
{
    private const long Second = 1_000_000_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);
    private static readonly Guid TripId = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid ResetId = new("00000000-0000-7000-8000-000000000002");
    private static readonly DeskTargets Targets = new("eu", "USD", 1_000_000) { Accounts = [new AccountTarget("a", "b", 1_000_000)], Strategies = [new StrategyTarget("s", "a", "f", 1_000_000)] };

    /// <summary>A permit that stood in a socket for a minute while the trip reached the store but not this desk.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_permit_anchored_at_its_receipt_is_caught(bool isPlanted)
    {
        var now = BootClock.Now();
        var gate = new TradingGate();
        gate.BeginSession();
        gate.SetTargets(Targets);
        gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, isPlanted ? gate.NextEcho() : now - (60 * Second), 3000, 1));
        var trip = new AcknowledgedTrip(TripId, "s", now - (30 * Second));
        Judge(isPlanted, () => RiskLaws.NoOrderLeavesAfterATrip([trip], Trade(gate, now), Bound));
    }

    /// <summary>The desk hears of the trip, loses its node, and finds another one that has not heard of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_trip_forgotten_on_reconnect_is_caught(bool isPlanted)
    {
        var now = BootClock.Now();
        var gate = new TradingGate();
        gate.BeginSession();
        gate.SetTargets(Targets);
        gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, gate.NextEcho(), 3000, 1) { Standing = [new StandingTrip(TripId, "strategy/s", "KILLED")] });
        if (isPlanted)
        {
            gate = new TradingGate();
        }

        gate.BeginSession();
        gate.SetTargets(Targets);
        gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, gate.NextEcho(), 3000, 1));
        Judge(isPlanted, () => RiskLaws.NoOrderLeavesAfterATrip([new AcknowledgedTrip(TripId, "s", now - (10 * Second))], Trade(gate, now), Bound));
    }

    /// <summary>A counter, odd when tripped, merged by its maximum: a trip raised in a partition meets a reset of an earlier one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_counter_merged_by_its_maximum_is_caught(bool isPlanted)
    {
        var earlier = new Guid("00000000-0000-7000-8000-000000000003");
        JournalHistory history = new([Requested("alice", earlier), Approved("bob", earlier)]);

        // On the side that was cut off the counter went from 1 to 1 (it was tripped already); the reset made it 2 on the other, and 2 is the maximum.
        var (cutOff, other) = (1, 2);
        Guid[] standing = isPlanted ? Math.Max(cutOff, other) % 2 == 1 ? [TripId] : [] : [TripId];
        Judge(isPlanted, () => RiskLaws.NoTripIsLost(history, [earlier, TripId], standing));
    }

    [Theory]
    [InlineData("Bob", false)]
    [InlineData("Alice", true)]
    [InlineData("ALICE", true)]
    public void A_reset_by_one_person_with_two_tokens_is_caught(string approver, bool isPlanted) =>
        Judge(isPlanted, () => RiskLaws.NoResetWithoutTwoPersons(new([Requested("Alice", TripId), Approved(approver, TripId)])));

    [Fact]
    public void A_reset_that_was_never_asked_for_or_clears_more_than_it_names_is_caught()
    {
        Judge(true, () => RiskLaws.NoResetWithoutTwoPersons(new([Approved("Bob", TripId)])));
        Judge(true, () => RiskLaws.NoResetWithoutTwoPersons(new([Requested("Alice", TripId), Approved("Bob", TripId, Guid.NewGuid())])));
        Judge(true, () => RiskLaws.NoResetWithoutTwoPersons(new([Row("kill-switch.recovery-advanced.v1", $"\"cleared\":\"{TripId}\"")])));
    }

    [Fact]
    public void A_code_that_counts_twice_is_caught() =>
        Judge(true, () => RiskLaws.NoResetWithoutTwoPersons(new([Row("kill-switch.code-used.v1", "\"principal\":\"bob\",\"step\":7"), Row("kill-switch.code-used.v1", "\"principal\":\"bob\",\"step\":7")])));

    [Fact]
    public void An_effect_that_happens_twice_or_without_an_intent_is_caught()
    {
        var intended = Row("procedures.step-intended.v1", "\"procedureId\":\"p\",\"step\":\"model\"", "procedures");
        var done = Row("procedures.step-ended.v1", "\"procedureId\":\"p\",\"step\":\"model\",\"state\":\"Done\"", "procedures");
        var failed = Row("procedures.step-ended.v1", "\"procedureId\":\"p\",\"step\":\"model\",\"state\":\"Failed\"", "procedures");
        var ended = Row("procedures.ended.v1", "\"procedureId\":\"p\"", "procedures");
        Judge(false, () => RiskLaws.EachEffectHappensOnce(new([intended, failed, intended, done, ended])));
        Judge(true, () => RiskLaws.EachEffectHappensOnce(new([done])));
        Judge(true, () => RiskLaws.EachEffectHappensOnce(new([intended, done, done])));
        Judge(true, () => RiskLaws.EachEffectHappensOnce(new([intended, done, intended])));
        Judge(true, () => RiskLaws.EachEffectHappensOnce(new([intended, done, ended, ended])));
    }

    /// <summary>A desk that sends whenever its gate lets it.</summary>
    private static List<SentOrder> Trade(TradingGate gate, long now) =>
        gate.Check(new OrderIntent(gate.Route("s", "X"), 10, 0, 0, 100)) == GateDecision.Allowed ? [new SentOrder("s", now)] : [];

    private static void Judge(bool isPlanted, Action law)
    {
        var broken = Record.Exception(law);
        Assert.Equal(isPlanted, broken is Xunit.Sdk.XunitException);
    }

    private static JournalRow Requested(string person, params Guid[] trips) => Row("kill-switch.reset-requested.v1", $"\"request\":{{\"resetId\":\"{ResetId}\",\"person\":\"{person}\",\"tripIds\":[{string.Join(',', trips.Select(trip => $"\"{trip}\""))}]}}");

    private static JournalRow Approved(string person, params Guid[] trips) => Row("kill-switch.reset-approved.v1", $"\"resetId\":\"{ResetId}\",\"person\":\"{person}\",\"tripIds\":[{string.Join(',', trips.Select(trip => $"\"{trip}\""))}],\"recoveries\":[]");

    private static JournalRow Row(string kind, string body, string stream = "kill-switch") => new(stream, 1, 1, stream, kind, Guid.Empty, $"{{{body}}}");
}
