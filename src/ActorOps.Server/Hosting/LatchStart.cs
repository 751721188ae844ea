using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Hosting;

/// <summary>What the latch says before anything else is asked.</summary>
internal static class LatchStart
{
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(10);

    /// <summary>Puts the latch's trips on the board; a latch that cannot be trusted is a firm-wide trip of its own, to be reset like any other.</summary>
    public static void Merge(LatchContent content, KillSwitchServices killSwitch, string node, DateTimeOffset now)
    {
        killSwitch.Board.Merge(content.Trips, content.Cleared);

        if (content.Problem is { } problem)
        {
            var trip = new Trip(Guid.CreateVersion7(now), TradingState.Killed, Scope.Firm, "latch", SafeText.Clean(problem, 1000), "node", "node", node, now) { Origin = TripOrigin.Latch, Cause = killSwitch.Latch.Path };
            killSwitch.Board.Add(trip);
            killSwitch.Latch.AppendAsync(trip).Wait(WriteWithin);
        }
    }
}
