using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Peers;

/// <summary>What the supervisors of one node hold and see, told to all other nodes each second and on change. It replaces the one before it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Holds">Every hold in force there.</param>
/// <param name="Feeds">Age of the last tick of every feed that is supervised there, ms.</param>
public sealed record SupervisionReport(string Node, long Incarnation, IReadOnlyList<HeldScope> Holds, IReadOnlyDictionary<string, long> Feeds)
{
    /// <summary>Most troubled targets that are named one by one.</summary>
    public const int MostTroubled = 500;

    /// <summary>Targets that are critical or unknown there.</summary>
    public IReadOnlyList<TargetTrouble> Troubled { get; init => field = value ?? []; } = [];

    /// <summary>Desks that are connected to that node.</summary>
    public IReadOnlyList<string> Desks { get; init => field = value ?? []; } = [];

    /// <summary>There are more of them than are named: of none of that node's targets anything good is known.</summary>
    public bool IsCut { get; init; }
}
