using ActorOps.Cli.Killing;

namespace ActorOps.Cli.Tests.Killing;

public class KillArgumentsTests
{
    [Fact]
    public void Bare_kill_means_everything_at_once()
    {
        var kill = KillArguments.Parse(["kill"], out _)!;
        Assert.Equal(("firm", "KILLED", false), (kill.Scope, kill.Level, kill.Now));
    }

    [Fact]
    public void Every_option_is_read()
    {
        var kill = KillArguments.Parse(["kill", "trip", "--scope", "strategy/s", "--level", "REDUCE_ONLY", "--reason", "r", "--now", "--server", "http://x", "-o", "json"], out _)!;
        Assert.Equal(("strategy/s", "REDUCE_ONLY", "r", true, "http://x", true), (kill.Scope, kill.Level, kill.Reason, kill.Now, kill.Server, kill.Json));
    }

    [Theory]
    [InlineData("--scope")]
    [InlineData("--force")]
    [InlineData("now")]
    public void What_is_unknown_is_said_and_nothing_is_done(string argument)
    {
        Assert.Null(KillArguments.Parse(["kill", "trip", argument], out var problem));
        Assert.Contains(argument, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill", true)]
    [InlineData("kill trip", true)]
    [InlineData("kill --now", true)]
    [InlineData("kill status", false)]
    [InlineData("status", false)]
    [InlineData("kill --help", false)]
    public void Only_trips_go_the_short_way(string line, bool owns) => Assert.Equal(owns, KillArguments.Owns(line.Split(' ')));
}
