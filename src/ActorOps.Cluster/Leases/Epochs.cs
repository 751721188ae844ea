namespace ActorOps.Cluster.Leases;

/// <summary>One number for the wire: generation of the store in the high half, epoch of the grant in the low half. It grows across restore and failover.</summary>
public static class Epochs
{
    /// <summary>Both halves as one.</summary>
    public static long Combine(long generation, long epoch) => (generation << 32) | epoch;

    /// <summary>The high half.</summary>
    public static long GenerationOf(long combined) => combined >> 32;

    /// <summary>The low half.</summary>
    public static long EpochOf(long combined) => combined & 0xFFFF_FFFF;
}
