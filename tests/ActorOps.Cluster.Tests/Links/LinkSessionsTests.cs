using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Links;

public class LinkSessionsTests
{
    private static readonly Guid Store = Guid.NewGuid();
    private readonly LinkHandshake _handshake = new("secret", "c", Store);
    private readonly LinkSessions _sessions;

    public LinkSessionsTests() => _sessions = new LinkSessions(_handshake, "b");

    [Fact]
    public void Who_knows_the_key_gets_a_session_that_is_good_on_its_own_connection_until_that_ends()
    {
        var hello = Hello(_handshake, _sessions.Nonce("1")!);
        var (welcome, refusal) = _sessions.Begin("1", hello);
        Assert.Null(refusal);
        Assert.True(_handshake.Believes(hello, welcome!));
        Assert.Equal(new NodeKey("a", 3), _sessions.Find("1", welcome!.Session));
        Assert.Null(_sessions.Find("2", welcome.Session));
        _sessions.End("1");
        Assert.Null(_sessions.Find("1", welcome.Session));
    }

    [Fact]
    public void A_hello_is_good_once()
    {
        var hello = Hello(_handshake, _sessions.Nonce("1")!);
        Assert.Null(_sessions.Begin("1", hello).Refusal);
        Assert.Contains("nonce", _sessions.Begin("1", hello).Refusal, StringComparison.Ordinal);
        _sessions.Nonce("2");
        Assert.Contains("nonce", _sessions.Begin("2", hello).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another key", "c", "b", "proof")]
    [InlineData("secret", "d", "b", "cluster")]
    [InlineData("secret", "c", "z", "node 'b'")]
    public void What_does_not_fit_is_refused_with_the_reason(string key, string cluster, string to, string expected)
    {
        var nonce = _sessions.Nonce("1")!;
        var hello = new LinkHandshake(key, cluster, Store).Hello(new NodeKey("a", 1), to, nonce, "n");
        Assert.Contains(expected, _sessions.Begin("1", hello).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_hello_can_be_changed_on_its_way()
    {
        var hello = Hello(_handshake, _sessions.Nonce("1")!);
        foreach (var forged in (LinkHello[])[hello with { Incarnation = 4 }, hello with { Node = "x" }, hello with { ClientNonce = "y" }])
        {
            var nonce = _sessions.Nonce("1")!;
            Assert.Contains("proof", _sessions.Begin("1", forged with { ServerNonce = nonce }).Refusal, StringComparison.Ordinal);
        }

        Assert.False(_handshake.Believes(hello, new LinkWelcome("s", hello.Proof)));
    }

    [Fact]
    public void Strangers_that_only_ask_for_nonces_do_not_fill_the_memory()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.NotNull(_sessions.Nonce($"{i}"));
        }

        Assert.Null(_sessions.Nonce("one more"));
        Assert.NotNull(_sessions.Nonce("7"));
        _sessions.End("8");
        Assert.NotNull(_sessions.Nonce("one more"));
    }

    private static LinkHello Hello(LinkHandshake handshake, string nonce) => handshake.Hello(new NodeKey("a", 3), "b", nonce, LinkHandshake.NewNonce());
}
