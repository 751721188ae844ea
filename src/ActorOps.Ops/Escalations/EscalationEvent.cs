using System.Text.Json.Serialization;

namespace ActorOps.Ops.Escalations;

/// <summary>What climbed beyond an automatic response.</summary>
[JsonDerivedType(typeof(Raised), "escalations.raised.v1")]
public abstract record EscalationEvent
{
    private EscalationEvent()
    {
    }

    /// <summary>Somebody must look.</summary>
    /// <param name="EscalationId">Unique.</param>
    /// <param name="Target">The target, such as <c>strategy/momentum</c>.</param>
    /// <param name="Path">Its logical path: who is next.</param>
    /// <param name="Severity">P0 to P3.</param>
    /// <param name="Rule">The rule, if one caused it.</param>
    /// <param name="Text">What happened and what was done.</param>
    /// <param name="At">When.</param>
    public sealed record Raised(Guid EscalationId, string Target, string Path, string Severity, string? Rule, string Text, DateTimeOffset At) : EscalationEvent;
}
