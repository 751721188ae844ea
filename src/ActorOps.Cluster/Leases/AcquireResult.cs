using ActorOps.Kernel.Persistence;

namespace ActorOps.Cluster.Leases;

/// <summary>Answer to an attempt to take a grant: three-valued, since an attempt without an answer may have succeeded.</summary>
public abstract record AcquireResult
{
    private AcquireResult()
    {
    }

    /// <summary>It is ours.</summary>
    /// <param name="Token">What to write with.</param>
    public sealed record Acquired(FencingToken Token) : AcquireResult;

    /// <summary>Somebody else has it, or we may not have it.</summary>
    /// <param name="Grant">How it stands.</param>
    public sealed record HeldBy(Grant Grant) : AcquireResult;

    /// <summary>The store did not say. Ask again: a repeat finds what the first attempt did.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Unknown(Exception Reason) : AcquireResult;
}
