using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Scopes;

public class ScopeTests
{
    [Theory]
    [InlineData("firm")]
    [InlineData("region/eu")]
    [InlineData("strategy/mean-reversion_2.1:x")]
    [InlineData("symbol/BRK.B")]
    public void Reads_and_writes_the_same_text(string text)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        Assert.Equal(text, scope.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("firm/x")]
    [InlineData("strategy")]
    [InlineData("strategy/")]
    [InlineData("strategy/a b")]
    [InlineData("planet/earth")]
    [InlineData("strategy/a/b")]
    public void Refuses_what_is_no_scope(string? text) => Assert.False(Scope.TryParse(text, out _));
}
