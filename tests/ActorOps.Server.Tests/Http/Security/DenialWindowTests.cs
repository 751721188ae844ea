using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Tests.Http.Security;

public class DenialWindowTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);
    private readonly DenialWindow _window = new();

    [Fact]
    public void The_first_is_told_at_once_and_its_repeats_after_a_minute_with_their_number()
    {
        Assert.NotNull(Add("eve", "POST /x", "role"));
        Assert.Null(Add("eve", "POST /x", "role"));
        Assert.Null(Add("eve", "POST /x", "role"));
        Assert.NotNull(Add("eve", "POST /y", "role"));
        Assert.Empty(_window.Close(Now.AddSeconds(59)));
        var joined = Assert.Single(_window.Close(Now.AddSeconds(60)));
        Assert.Equal(("eve", "POST /x", 2), (joined.Principal, joined.What, joined.Count));
        Assert.NotNull(Add("eve", "POST /x", "role"));
    }

    [Fact]
    public void A_principals_budget_is_his_own_and_what_is_over_it_is_counted()
    {
        var told = Enumerable.Range(0, 1000).Count(i => Add("eve", $"POST /{i}", "role") is not null);
        Assert.Equal(DenialWindow.MostKinds + 1, told);
        Assert.NotNull(Add("mallory", "POST /x", "role"));
        Assert.Equal(1000 - told, Assert.Single(_window.Close(Now.AddMinutes(1))).Count);
    }

    [Fact]
    public void Strangers_share_a_small_budget() =>
        Assert.Equal(DenialWindow.MostKindsOfStrangers + 1, Enumerable.Range(0, 10_000).Count(i => Add(DenialWindow.Stranger, $"POST /{i}", "no token") is not null));

    private Ops.Access.AccessCommand.Deny? Add(string principal, string route, string why) => _window.Add(principal, route, why, "127.0.0.1", Now);
}
