using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Situations;

/// <summary>Everything that a situation is made of, as one node knows it at one moment.</summary>
/// <param name="Node">The node that looks.</param>
/// <param name="Now">When.</param>
public sealed record SituationFacts(string Node, DateTimeOffset Now)
{
    /// <summary>Latch and journal are merged.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>When the trust of this node ended; null while it is trusted.</summary>
    public DateTimeOffset? TrustEndedAt { get; init; }

    /// <summary>The latch could not be written.</summary>
    public bool IsLatchBroken { get; init; }

    /// <summary>Path of the latch.</summary>
    public string LatchPath { get; init; } = string.Empty;

    /// <summary>Parts of the node that have stopped, with their failure.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>Singletons that no node runs.</summary>
    public IReadOnlyList<string> Unheld { get; init; } = [];

    /// <summary>Members of the cluster, those that left in order not among them.</summary>
    public IReadOnlyList<NodeFact> Nodes { get; init; } = [];

    /// <summary>Registered desks.</summary>
    public IReadOnlyList<DeskFact> Desks { get; init; } = [];

    /// <summary>Targets whose verdict is not Healthy.</summary>
    public IReadOnlyList<TargetFact> Targets { get; init; } = [];

    /// <summary>How many targets are supervised.</summary>
    public int TargetCount { get; init; }

    /// <summary>Trips, holds and levels.</summary>
    public EffectiveStates States { get; init; } = EffectiveStates.Nothing;

    /// <summary>Reasons that were given after the trip, by trip.</summary>
    public IReadOnlyDictionary<Guid, string> Reasons { get; init; } = new Dictionary<Guid, string>();

    /// <summary>Trips that the store does not have yet.</summary>
    public int UnstoredTrips { get; init; }

    /// <summary>Why messages wait for delivery; null: none does.</summary>
    public string? OutboxWaits { get; init; }

    /// <summary>Resets that wait for another person.</summary>
    public IReadOnlyList<ResetRequest> Resets { get; init; } = [];

    /// <summary>Changes that are asked for or in force.</summary>
    public IReadOnlyList<ChangeRequest> Changes { get; init; } = [];

    /// <summary>Looser limits that the configuration asks for; null: none.</summary>
    public LimitsEvent.LimitsProposed? Proposed { get; init; }

    /// <summary>Settings that are meant for drills, each in words.</summary>
    public IReadOnlyList<string> Drills { get; init; } = [];

    /// <summary>How scopes recover.</summary>
    public KillSwitchOptions Recovery { get; init; } = new();
}
