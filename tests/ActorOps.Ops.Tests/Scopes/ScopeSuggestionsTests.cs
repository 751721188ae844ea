using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Scopes;

public class ScopeSuggestionsTests
{
    private static readonly HashSet<Scope> Known =
    [
        Scope.Firm, Scope.Of("region", "eu"), Scope.Broker("alpaca"), Scope.Of("account", "main"), Scope.Strategy("momentum"), Scope.Strategy("mean-reversion"), Scope.Strategy("Carry"),
    ];

    [Theory]
    [InlineData("firm")]
    [InlineData("region/eu")]
    [InlineData("strategy/momentum")]
    [InlineData("symbol/NEVER/SEEN")]
    public void What_a_desk_has_is_known_and_a_symbol_is_never_unknown(string scope) => Assert.Null(ScopeSuggestions.For(Known, Parse(scope)));

    [Theory]
    [InlineData("strategy/momentumm", "strategy/momentum")]
    [InlineData("strategy/momnetum", "strategy/momentum")]
    [InlineData("strategy/MOMENTUM", "strategy/momentum")]
    [InlineData("strategy/carry", "strategy/Carry")]
    [InlineData("account/momentum", "strategy/momentum")]
    [InlineData("strategy/meanreversion", "strategy/mean-reversion")]
    [InlineData("region/us", "")]
    [InlineData("region/ue", "region/eu")]
    [InlineData("strategy/quite-another-name", "")]
    public void A_name_that_nobody_has_is_told_with_the_nearest_known_one(string asked, string nearest)
    {
        var unknown = ScopeSuggestions.For(Known, Parse(asked))!;
        Assert.Equal((asked, nearest), (unknown.Asked, unknown.Nearest.Count == 0 ? string.Empty : unknown.Nearest[0].ToString()));
    }

    [Fact]
    public void The_sentence_says_what_may_have_been_meant()
    {
        Assert.Equal("no desk has strategy/momentumm; did you mean strategy/momentum?", ScopeSuggestions.For(Known, Scope.Strategy("momentumm"))!.Sentence);
        Assert.Equal("no desk has broker/xyz-prime", ScopeSuggestions.For(Known, Scope.Broker("xyz-prime"))!.Sentence);
    }

    [Theory]
    [InlineData("momentum", "strategy/momentum")]
    [InlineData("Strategy/momentum", "strategy/momentum")]
    [InlineData("strategies/momentum", "strategy/momentum")]
    [InlineData("FIRM", "firm")]
    [InlineData("", "")]
    public void A_text_that_is_not_a_scope_has_neighbours_too(string text, string nearest) =>
        Assert.Equal(nearest, ScopeSuggestions.Nearest(Known, text) is [var first, ..] ? first.ToString() : string.Empty);

    [Fact]
    public void A_text_without_end_costs_little_and_has_no_neighbour() => Assert.Empty(ScopeSuggestions.Nearest(Known, "strategy/" + new string('x', 1_000_000)));

    private static Scope Parse(string text)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        return scope;
    }
}
