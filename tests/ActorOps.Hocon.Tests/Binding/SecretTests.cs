using ActorOps.Hocon.Binding;

namespace ActorOps.Hocon.Tests.Binding;

public class SecretTests
{
    [Fact]
    public void As_a_text_it_is_three_stars_in_whatever_shows_it()
    {
        var secret = new Secret("hunter2");
        Assert.Equal("***", $"{secret}");
        Assert.Equal("***", string.Concat((object)secret));
        Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(secret), StringComparison.Ordinal);
        Assert.Equal("hunter2", secret.Reveal());
        Assert.Equal(string.Empty, Secret.None.ToString());
    }
}
