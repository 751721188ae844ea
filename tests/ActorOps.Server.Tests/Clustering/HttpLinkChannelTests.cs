using ActorOps.Cluster.Links;

namespace ActorOps.Server.Tests.Clustering;

[Trait("Needs", "Postgres")]
public sealed class HttpLinkChannelTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_link_that_is_closed_under_a_call_ends_it_with_its_own_word()
    {
        var channel = fixture.Channel();
        await channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(5), default);
        fixture.Wire.SwallowReplies = true;
        var call = channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(20), default);
        await Task.Delay(100);
        channel.Dispose();
        Assert.Equal("no-answer", (await Assert.ThrowsAsync<LinkException>(() => call)).Code);
        fixture.Wire.SwallowReplies = false;
        Assert.Equal("unreachable", (await Assert.ThrowsAsync<LinkException>(() => channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(5), default))).Code);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_told_otherwise()
    {
        using var channel = fixture.Channel();
        await channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(5), default);
        fixture.Wire.SwallowReplies = true;
        using var caller = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(20), caller.Token));
        fixture.Wire.SwallowReplies = false;
    }

    [Fact]
    public async Task Nobody_at_the_address_is_certain_to_have_done_nothing()
    {
        using var channel = fixture.Channel();
        fixture.Wire.IsDown = true;
        var failure = await Assert.ThrowsAsync<LinkException>(() => channel.CallAsync("supervisors", default, TimeSpan.FromSeconds(5), default));
        fixture.Wire.IsDown = false;
        Assert.True(failure.IsUndone, failure.Message);
    }
}
