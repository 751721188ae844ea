using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Responses;
using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Tests.Supervising;

/// <summary>Each fault reaches the rule that it names, first of all rules, with the response that the documentation promises.</summary>
public class FaultRuleTests
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(3);

    public static TheoryData<string, string, string> Faults => new()
    {
        { "feed-stall", "feed/spy-primary", "switches" },
        { "feed-stall:both", "feed/spy-primary", "switches" },
        { "broker-drop", "broker/paper-broker", "P1" },
        { "loss-shock", "strategy/momentum", "trips KILLED, rolls back" },
        { "loss-shock:mean-reversion", "strategy/mean-reversion", "trips KILLED, rolls back" },
        { "slippage", "strategy/mean-reversion", "caps" },
        { "stuck-orders", "broker/paper-broker", "P2" },
        { "drift", "strategy/momentum", "trips REDUCE_ONLY" },
        { "drift:mean-reversion", "strategy/mean-reversion", "trips REDUCE_ONLY" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_trips_the_rule_that_it_names(string fault, string target, string response)
    {
        var (parsed, problem) = Fault.Parse($"{fault}@{Start.TotalSeconds}s", ["momentum", "mean-reversion"]);
        Assert.Null(problem);
        var kind = FaultKind.Find(parsed!.Name)!;
        using var supervised = new SupervisedDesk(seed: 1, faults: [parsed]);
        supervised.Run(Start + kind.Duration);
        Assert.Empty(supervised.Refused);
        Assert.DoesNotContain(supervised.Outcomes, outcome => outcome.At < Start);
        var confirmed = supervised.Outcomes.First(outcome => outcome.IsConfirmed);
        Assert.Equal(kind.Rule, confirmed.Rule);
        var seen = Assert.Single(supervised.Outcomes, outcome => outcome.IsConfirmed && outcome.Rule == kind.Rule && outcome.Target.ToString() == target);
        Assert.Equal(response, Describe(ResponsePolicy.For(seen.Target.Kind, seen.Rule)));
    }

    [Fact]
    public void Every_fault_is_in_the_table() => Assert.Equal(FaultKind.All.Select(kind => kind.Name).Order(), Faults.Select(row => ((string)row[0]).Split(':')[0]).Distinct().Order());

    private static string Describe(ResponsePolicy policy) =>
        policy.SwitchesFeed ? "switches" : policy.CapsSize ? "caps" : policy.Trip is { } level ? $"trips {level.ToWire()}{(policy.RollsBack ? ", rolls back" : string.Empty)}" : policy.Severity;
}
