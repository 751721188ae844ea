using System.Text.Json.Serialization;

namespace ActorOps.Ops.Supervisors;

/// <summary>Verdicts over time.</summary>
[JsonDerivedType(typeof(VerdictChanged), "supervision.verdict-changed.v1")]
public abstract record SupervisionEvent
{
    private SupervisionEvent()
    {
    }

    /// <summary>A target's verdict is another one now.</summary>
    public sealed record VerdictChanged(string Target, string From, string To, IReadOnlyList<string> Reasons, DateTimeOffset At) : SupervisionEvent;
}
