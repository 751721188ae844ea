using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Situations;

/// <summary>A target whose verdict is not Healthy.</summary>
/// <param name="Target">The target.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Why">Its worst reason.</param>
public sealed record TargetFact(TargetId Target, Verdict Verdict, string Why)
{
    /// <summary>Its desk; null for scopes of several.</summary>
    public string? Desk { get; init; }
}
