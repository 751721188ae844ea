using ActorOps.Kernel.Actors;
using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Supervisors;

/// <summary>The way to a scope's supervisor.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="To">Its supervisor when it is here, else the host of its shard.</param>
/// <param name="IsHere">Which of the two.</param>
internal sealed record ScopeRoute(TargetId Scope, ActorRef To, bool IsHere);
