using ActorOps.Cli.Commands;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Tests.Commands;

public class StatusCommandsTests
{
    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public void Status_exits_3_when_something_needs_a_person(bool needsPerson, int exit)
    {
        var situation = new SituationView("NO PERMITS", "text", DateTimeOffset.UnixEpoch, null, needsPerson, 0, []);
        var view = new StatusView(new NodeView("n1", "eu", "0.3.1", 1, 0, "healthy"), [], 0, 0, new Dictionary<string, int>(), []) { Situation = situation };
        Assert.Equal(exit, StatusCommands.ExitOf(view));
    }
}
