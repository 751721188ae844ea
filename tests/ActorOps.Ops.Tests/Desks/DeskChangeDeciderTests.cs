using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Tests.Desks;

public class DeskChangeDeciderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly Desk Desk = new("d", "eu", "USD", 1_000_000)
    {
        Accounts = [new DeskAccount("a", "b", 1_000_000)],
        Brokers = [new DeskBroker("b", "c"), new DeskBroker("c")],
        Feeds = [new DeskFeed("f", "g"), new DeskFeed("g")],
        Strategies = [new DeskStrategy("s", "a", "f", 400_000, "m"), new DeskStrategy("t", "a", "f", 600_000)],
        Components = ["redis"],
    };

    private AumHistory _aums = AumHistory.Empty.With(Desk, Start);
    private DateTimeOffset _now = Start.AddDays(1);

    [Fact]
    public void A_first_registration_counts_in_full() => Assert.Equal((Desk, 0), Both(new DeskChangeDeciderTests { _aums = AumHistory.Empty }.Decide(null, Desk)));

    [Fact]
    public void Every_AUM_far_above_is_held_at_what_it_was_and_said()
    {
        var change = Decide(Desk, Raised(1e12m));
        Assert.Equal(4, change.Waiting.Count);
        Assert.Contains("AUM of strategy 's' from 400,000 to 1,000,000,000,000 (more than 10 % above 400,000, its lowest of 30 days)", change.Waiting);
        Assert.Equal((1_000_000, 1_000_000, 400_000), (change.Effective.Aum, change.Effective.Accounts[0].Aum, change.Effective.Strategies[0].Aum));
    }

    [Fact]
    public void Ten_percent_above_the_lowest_of_thirty_days_counts_and_steps_do_not_add_up()
    {
        var once = Desk with { Aum = 1_100_000 };
        Assert.Equal((once, 0), Both(Decide(Desk, once)));
        _aums = _aums.With(once, _now);
        _now = _now.AddDays(1);
        Assert.Single(Decide(once, Desk with { Aum = 1_210_000 }).Waiting);
        _now = Start.AddDays(32);
        Assert.Empty(Decide(once, Desk with { Aum = 1_210_000 }).Waiting);
    }

    [Fact]
    public void A_lower_one_counts_at_once_and_is_the_lowest_from_then_on()
    {
        var lower = Desk with { Aum = 500_000 };
        Assert.Equal((lower, 0), Both(Decide(Desk, lower)));
        _aums = _aums.With(lower, _now);
        Assert.Single(Decide(lower, Desk).Waiting);
        Assert.Equal(500_000, Decide(lower, Desk).Effective.Aum);
    }

    [Fact]
    public void A_strategy_that_comes_back_under_its_name_or_at_another_desk_is_no_first_one()
    {
        var without = Desk with { Strategies = [Desk.Strategies[1]] };
        Assert.Equal((without, 0), Both(Decide(Desk, without)));
        _aums = _aums.With(without, _now);
        var back = Desk with { Strategies = [Desk.Strategies[0] with { Aum = 1e12m }, Desk.Strategies[1]] };
        Assert.Equal(400_000, Decide(without, back).Effective.Strategies[0].Aum);
        Assert.Equal(400_000, Decide(null, back with { Id = "other", Aum = 1 }).Effective.Strategies[0].Aum);
    }

    public static TheoryData<string, Func<Desk, Desk>> Rewirings => new()
    {
        { "region of the desk from 'eu' to 'us'", desk => desk with { Region = "us" } },
        { "currency of the desk from 'USD' to 'JPY'", desk => desk with { BaseCurrency = "JPY" } },
        { "broker of account 'a' from 'b' to 'c'", desk => desk with { Accounts = [desk.Accounts[0] with { Broker = "c" }] } },
        { "account of strategy 's' from 'a' to 'x'", desk => desk with { Accounts = [.. desk.Accounts, new DeskAccount("x", "new", 1)], Strategies = [desk.Strategies[0] with { Account = "x" }, desk.Strategies[1]] } },
        { "feed of strategy 's' from 'f' to 'g'", desk => desk with { Strategies = [desk.Strategies[0] with { Feed = "g" }, desk.Strategies[1]] } },
        { "model of strategy 's' from 'm' to none", desk => desk with { Strategies = [desk.Strategies[0] with { Model = null }, desk.Strategies[1]] } },
        { "backup of feed 'f' from 'g' to none", desk => desk with { Feeds = [new DeskFeed("f"), new DeskFeed("g")] } },
        { "backup of broker 'b' from 'c' to none", desk => desk with { Brokers = [new DeskBroker("b"), new DeskBroker("c")] } },
        { "feed 'g' is no longer watched", desk => desk with { Feeds = [new DeskFeed("f", "g")] } },
        { "component 'redis' is no longer watched", desk => desk with { Components = [] } },
        { "account 'ghost' is new at broker 'b', whose limits it would widen by more than 10 %", desk => desk with { Accounts = [.. desk.Accounts, new DeskAccount("ghost", "b", 1e12m)] } },
    };

    [Theory]
    [MemberData(nameof(Rewirings))]
    public void What_would_take_a_limit_or_a_watch_away_waits_and_the_old_desk_stands(string words, Func<Desk, Desk> rewire)
    {
        var change = Decide(Desk, rewire(Desk) with { Aum = 900_000 });
        Assert.Equal([words], change.Waiting);
        Assert.Equal((Desk.Region, Desk.BaseCurrency, 900_000), (change.Effective.Region, change.Effective.BaseCurrency, change.Effective.Aum));
        Assert.Equal(Desk.Strategies, change.Effective.Strategies);
        Assert.Equal(Desk.Accounts, change.Effective.Accounts);
        Assert.Equal(Desk.Feeds, change.Effective.Feeds);
    }

    [Fact]
    public void What_only_adds_counts_at_once()
    {
        var more = Desk with { Strategies = [.. Desk.Strategies, new DeskStrategy("u", "a", "g", 50_000)], Feeds = [new DeskFeed("f", "g"), new DeskFeed("g", "f")], Components = ["redis", "db"] };
        Assert.Equal((more, 0), Both(Decide(Desk, more)));
    }

    [Fact]
    public void Anything_of_a_desk_that_the_configuration_names_waits()
    {
        foreach (var asked in (Desk[])[Raised(1e12m), Desk with { Aum = 1 }, Desk with { Strategies = [.. Desk.Strategies, new DeskStrategy("u", "a", "g", 1)] }, Desk with { Strategies = [Desk.Strategies[0]] }])
        {
            var change = Decide(Desk, asked, isFixed: true);
            Assert.Equal(Desk, change.Effective);
            Assert.Equal("the configuration names desk 'd', and its hello says otherwise", change.Waiting[0]);
        }

        Assert.Empty(Decide(Desk, Desk, isFixed: true).Waiting);
    }

    [Fact]
    public void No_new_name_escapes_a_trip_without_two_people()
    {
        var more = Desk with { Strategies = [.. Desk.Strategies, new DeskStrategy("s2", "a", "f", 400_000)] };
        Assert.Equal(["strategy 's2' is new while a trip stands on the desk"], Decide(Desk, more, isTripped: true).Waiting);
    }

    [Fact]
    public void A_history_is_bounded_and_keeps_its_lowest()
    {
        var aums = AumHistory.Empty;
        for (var i = 0; i < 500; i++)
        {
            aums = aums.With(Desk with { Aum = i == 7 ? 5 : 1000 + i }, Start.AddMinutes(i));
        }

        Assert.Equal((5, 1499), (aums.Lowest("desk/d", Start.AddMinutes(501)), aums.Latest("desk/d")));
        Assert.Null(aums.Lowest("desk/e", Start));
    }

    private static (Desk, int) Both(DeskChange change) => (change.Effective, change.Waiting.Count);

    private static Desk Raised(decimal aum) => Desk with
    {
        Aum = aum,
        Accounts = [Desk.Accounts[0] with { Aum = aum }],
        Strategies = [.. Desk.Strategies.Select(strategy => strategy with { Aum = aum })],
    };

    private DeskChange Decide(Desk? before, Desk wanted, bool isFixed = false, bool isTripped = false)
    {
        var change = DeskChangeDecider.Decide(before, wanted, new DeskStanding(_aums, _now, isFixed, isTripped));

        // Lists of a record are compared as objects: the effective desk is the wanted or the old one where nothing differs.
        return Json(change.Effective) == Json(wanted) ? change with { Effective = wanted } : before is not null && Json(change.Effective) == Json(before) ? change with { Effective = before } : change;
    }

    private static string Json(Desk desk) => System.Text.Json.JsonSerializer.Serialize(desk, DeskJson.Default.Desk);
}
