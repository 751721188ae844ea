namespace ActorOps.Ops.Rules;

/// <summary>Fold of the limits' events.</summary>
/// <param name="Hash">Hash of the limits in force; empty: none are on record.</param>
/// <param name="Values">The limits in force.</param>
public sealed record LimitsState(string Hash, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Nothing on record.</summary>
    public static LimitsState Empty { get; } = new(string.Empty, new Dictionary<string, string>());

    /// <summary>Looser limits that a configuration asks for, and that are not approved; null: there are none.</summary>
    public LimitsEvent.LimitsProposed? Proposed { get; init; }

    internal static LimitsState Apply(LimitsState state, LimitsEvent e) => e switch
    {
        LimitsEvent.LimitsInForce inForce => new LimitsState(inForce.Hash, inForce.Values),
        LimitsEvent.LimitsProposed proposed => state with { Proposed = proposed },
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
