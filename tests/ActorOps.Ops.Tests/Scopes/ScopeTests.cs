using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Scopes;

public class ScopeTests
{
    [Theory]
    [InlineData("firm")]
    [InlineData("region/eu")]
    [InlineData("strategy/mean-reversion_2.1:x")]
    [InlineData("symbol/BRK.B")]
    [InlineData("symbol/BTC/USDT")]
    [InlineData("symbol/ES=F")]
    [InlineData("symbol/^GSPC")]
    [InlineData("symbol/BRK B")]
    [InlineData("symbol/日経225")]
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
    [InlineData("symbol/")]
    [InlineData("symbol/ X")]
    [InlineData("symbol/a\u001bb")]
    [InlineData("symbol/a\u202eb")]
    [InlineData("symbol/a\ud800b")]
    [InlineData("symbol/12345678901234567890123456789012345678901234567890123456789012345")]
    public void Refuses_what_is_no_scope(string? text) => Assert.False(Scope.TryParse(text, out _));
}
