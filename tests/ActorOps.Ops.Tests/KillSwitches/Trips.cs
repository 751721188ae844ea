using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

internal static class Trips
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);

    public static Trip Of(string scope, TradingState level = TradingState.Killed, string source = "cli")
    {
        Assert.True(Scope.TryParse(scope, out var parsed));
        return new Trip(Guid.CreateVersion7(Now), level, parsed, source, "because", "alice-cli", "alice", "n1", Now);
    }

    public static Principal Person(string person, params Role[] roles) =>
        new(person + "-token", person, roles, "hash-" + person, Now.AddDays(-30));
}
