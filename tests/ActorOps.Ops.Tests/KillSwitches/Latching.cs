using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

internal static class Latching
{
    /// <summary>Waits until it is on the disk, or known not to be.</summary>
    public static bool TryAppend(this TripLatch latch, Trip trip) => latch.AppendAsync(trip).GetAwaiter().GetResult();
}
