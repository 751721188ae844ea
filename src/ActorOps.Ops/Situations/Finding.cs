namespace ActorOps.Ops.Situations;

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Kind">What it is, one of <see cref="FindingKinds"/>.</param>
/// <param name="Rank">How bad, 1 to 100; the worst gives the situation its name.</param>
/// <param name="State">One word for it, such as KILLED, NO PERMITS or Unknown.</param>
/// <param name="Subject">What it is about, such as <c>strategy/momentum</c> or <c>node node-1</c>.</param>
/// <param name="Why">Why, as half a sentence.</param>
public sealed record Finding(string Kind, int Rank, string State, string Subject, string Why)
{
    /// <summary>When it became so; null until somebody has kept it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>A command that a person can type next; null: nothing is to be done.</summary>
    public string? Next { get; init; }

    /// <summary>It does not end without a person.</summary>
    public bool NeedsPerson { get; init; } = true;

    /// <summary>This node itself does not do its work: its health is bad, and not only degraded.</summary>
    public bool IsNodeFault { get; init; }

    /// <summary>Equal for the same finding at another moment, whatever its figures are.</summary>
    public string Key => $"{Kind} {Subject} {State}";

    /// <summary>What the subject is or does; by default that it is <see cref="State"/>.</summary>
    public string Says { get => field ?? $"is {State}"; init; }

    /// <summary>Subject, what it is or does, and why.</summary>
    public string Sentence => $"{Subject} {Says}: {Why}";
}
