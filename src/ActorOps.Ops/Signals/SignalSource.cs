using ActorOps.Kernel.Scheduling;

namespace ActorOps.Ops.Signals;

/// <summary>Who sends, with which clock, and this side's clocks at the moment of receipt.</summary>
internal sealed class SignalSource
{
    /// <summary>Only desk whose targets may be spoken for; null: any.</summary>
    public string? Desk { get; init; }

    /// <summary>Number of the principal.</summary>
    public ushort Principal { get; init; }

    /// <summary>How far the sender's clock is ahead, by the time at which it said it sent, ms; null: it did not say.</summary>
    public long? ClockAheadMs { get; init; }

    /// <summary>When another node received this, Unix ms; null: this node is the first.</summary>
    public long? ReceivedElsewhereMs { get; init; }

    /// <summary>Boot-time clock, ms.</summary>
    public long NowMs { get; set; }

    /// <summary>Wall clock, Unix ms: of the first node's receipt.</summary>
    public long WallMs { get; set; }

    /// <summary>Takes the clocks of this moment.</summary>
    public void Receive(TimeProvider time)
    {
        NowMs = time.GetMilliseconds();
        WallMs = ReceivedElsewhereMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
