namespace ActorOps.Client.Wire;

/// <summary>How things stand, in one word and one sentence. <see cref="NeedsPerson"/>: something does not end without a person (<c>actorops status</c> exits 3).</summary>
/// <param name="State">The worst finding's word, such as KILLED or NO PERMITS; ACTIVE when there is none.</param>
/// <param name="Sentence">What, and why.</param>
/// <param name="Since">When it became so.</param>
/// <param name="Next">A command that a person can type next.</param>
/// <param name="NeedsPerson">Whether a person is needed.</param>
/// <param name="FindingCount">How many findings there are.</param>
/// <param name="Findings">At most 100, the worst first.</param>
public sealed record SituationView(string State, string Sentence, DateTimeOffset Since, string? Next, bool NeedsPerson, int FindingCount, IReadOnlyList<FindingView> Findings);

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Kind">What it is, such as <c>trip</c>, <c>hold</c>, <c>trust</c>, <c>node</c>.</param>
/// <param name="State">One word for it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Why">Why.</param>
/// <param name="Text">All of it in one sentence.</param>
/// <param name="NeedsPerson">It does not end without a person.</param>
public sealed record FindingView(string Kind, string State, string Subject, string Why, string Text, bool NeedsPerson)
{
    /// <summary>When it became so.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>A command that a person can type next.</summary>
    public string? Next { get; init; }
}

/// <summary>Nodes that take part, of those that are known, at <paramref name="AsOf"/>.</summary>
public sealed record NodesView(int Up, int Known, IReadOnlyList<string> Missing, DateTimeOffset AsOf)
{
    /// <summary>When the trust of the node that answers ended; absent while the store confirms it.</summary>
    public DateTimeOffset? TrustEndedAt { get; init; }
}
