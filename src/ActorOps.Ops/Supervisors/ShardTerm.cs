using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Supervisors;

/// <summary>A shard while this node has it.</summary>
/// <param name="token">The right to supervise it.</param>
/// <param name="verdicts">Who journals its verdicts.</param>
internal sealed class ShardTerm(FencingToken token, ActorRef verdicts)
{
    public FencingToken Token => token;

    public ActorRef Verdicts => verdicts;

    /// <summary>Checkpoints are read: supervisors may start.</summary>
    public bool IsReady { get; set; }

    /// <summary>Who waits for its end; null while it is not being given away.</summary>
    public ActorRef? GivenTo { get; set; }
}
