namespace ActorOps.Ops.Signals;

/// <summary>
/// How far a run of lines of one session has been read. A sender that gives up on a slow answer sends the same lines again, and both requests may be read at the
/// same time once the node runs again: they share this, and each line counts for one of them.
/// </summary>
/// <param name="first">Number of the first line.</param>
/// <param name="next">Number of the first line that has not been counted yet.</param>
public sealed class SignalProgress(long first, long next)
{
    private long _next = next;

    /// <summary>Of one request at a time: held from the claim of lines until they have been handed on, so that they arrive in their order.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Requests that read from it; changed under the lock of the sessions.</summary>
    internal int Readers { get; set; }

    /// <summary>True for a line of this run, and for the one that follows it.</summary>
    public bool Covers(long line) => line >= first && line <= Volatile.Read(ref _next);

    /// <summary>Takes a line to count it; false when it has been counted. <see cref="Turn"/> is held.</summary>
    public bool Claim(long line)
    {
        if (line < _next)
        {
            return false;
        }

        Volatile.Write(ref _next, line + 1);
        return true;
    }
}
