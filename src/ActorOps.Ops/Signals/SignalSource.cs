namespace ActorOps.Ops.Signals;

/// <summary>Who sends, and the clocks at the moment of receipt.</summary>
internal sealed class SignalSource
{
    /// <summary>Only desk whose targets may be spoken for; null: any.</summary>
    public string? Desk { get; init; }

    /// <summary>Number of the principal.</summary>
    public ushort Principal { get; init; }

    /// <summary>Boot-time clock, ms.</summary>
    public long NowMs { get; set; }

    /// <summary>Wall clock, Unix ms.</summary>
    public long WallMs { get; set; }
}
