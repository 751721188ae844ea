using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

public class TripCausesTests
{
    private static readonly DateTimeOffset Now = Trips.Now;

    [Fact]
    public void The_same_cause_is_counted_and_another_is_listed()
    {
        var causes = TripCauses.Of(Trips.Of("firm"));
        causes = TripCauses.Add(causes, Alert("ab", 1));
        causes = TripCauses.Add(causes, Alert("ab", 2));
        Assert.Equal([("cli", 1), ("alert:ab", 2)], causes.Select(cause => (cause.Source, cause.Times)));
        Assert.Equal(Now.AddSeconds(2), causes[1].LastAt);
    }

    [Fact]
    public void However_many_names_there_are_the_list_ends_and_an_alert_beyond_it_still_fires()
    {
        var causes = Enumerable.Range(0, 10_000).Aggregate(TripCauses.Of(Trips.Of("firm")), (known, i) => TripCauses.Add(known, Alert($"{i:x}", i)));
        Assert.Equal(TripCauses.Most + 1, causes.Count);
        Assert.Equal(("others", 10_001 - TripCauses.Most), (causes[^1].Source, causes[^1].Times));
        Assert.NotNull(causes[^1].Alert);
    }

    [Fact]
    public void An_end_is_of_its_own_alert_alone()
    {
        var causes = TripCauses.Add(TripCauses.Of(Trips.Of("firm") with { Origin = TripOrigin.Alert, Alert = "ab" }), Alert("cd", 1));
        causes = TripCauses.End(causes, "cd", Now.AddSeconds(5));
        Assert.Equal([null, Now.AddSeconds(5)], causes.Select(cause => cause.EndedAt));
        Assert.NotNull(TripCauses.End(causes, null, Now.AddSeconds(9))[0].EndedAt);
    }

    private static TripCause Alert(string fingerprint, int seconds) =>
        new(TripOrigin.Alert, $"alert:{fingerprint}", "alert X", null, fingerprint, Now.AddSeconds(seconds), Now.AddSeconds(seconds), 1);
}
