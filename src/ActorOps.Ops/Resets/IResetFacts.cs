using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Resets;

/// <summary>What the node sees of the world when a reset is judged.</summary>
internal interface IResetFacts
{
    /// <summary>Why the cluster is not in order; null: it is.</summary>
    string? ClusterProblem();

    /// <summary>How the targets of a scope are. <paramref name="ignored"/> names breaches (<c>target rule</c>) that are known and do not count.</summary>
    ScopeHealth HealthOf(Scope scope, IReadOnlyCollection<string> ignored);

    /// <summary>What the brokers of a scope say of open orders.</summary>
    Task<ScopeHealth> OpenOrdersAsync(Scope scope);

    /// <summary>Positions that the brokers of a scope have, in words, or why that is not known.</summary>
    Task<string> PositionsAsync(Scope scope);
}
