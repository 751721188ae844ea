namespace ActorOps.Ops.Procedures;

/// <summary>A step of a procedure, as the journal knows it.</summary>
/// <param name="Name">Its name, unique in the procedure.</param>
/// <param name="Effect">What it does, exactly.</param>
public sealed record StepRecord(string Name, string Effect)
{
    /// <summary>Where it stands.</summary>
    public StepState State { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    /// <summary>What came of it.</summary>
    public string? Detail { get; init; }

    /// <summary>When it last began.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
