using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Peers;

/// <summary>What the supervisors of one node hold and see, told to all other nodes each second and on change. It replaces the one before it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Holds">Every hold in force there.</param>
/// <param name="Feeds">Age of the last tick of every feed that is supervised there, ms.</param>
public sealed record SupervisionReport(string Node, long Incarnation, IReadOnlyList<HeldScope> Holds, IReadOnlyDictionary<string, long> Feeds);
