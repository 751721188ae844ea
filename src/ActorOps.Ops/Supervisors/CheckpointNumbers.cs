using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Numbers for the checkpoints of one term of a shard: those of a later term are higher, whatever the clocks say. 16 bits of the store's generation, 24 of
/// the grant's epoch, 23 of a count.
/// </summary>
internal sealed class CheckpointNumbers(FencingToken token)
{
    private readonly long _first = ((token.Epoch >> 32 & 0xFFFF) << 47) | ((token.Epoch & 0xFF_FFFF) << 23);
    private long _count;

    public long Next() => _first + Math.Min(++_count, 0x7F_FFFF);
}
