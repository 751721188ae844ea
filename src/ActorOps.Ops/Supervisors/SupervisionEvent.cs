using System.Text.Json.Serialization;

namespace ActorOps.Ops.Supervisors;

/// <summary>Verdicts over time.</summary>
[JsonDerivedType(typeof(VerdictChanged), "supervision.verdict-changed.v1")]
[JsonDerivedType(typeof(HoldBegan), "supervision.hold-began.v1")]
[JsonDerivedType(typeof(HoldEnded), "supervision.hold-ended.v1")]
public abstract record SupervisionEvent
{
    private SupervisionEvent()
    {
    }

    /// <summary>A target's verdict is another one now.</summary>
    public sealed record VerdictChanged(string Target, string From, string To, IReadOnlyList<string> Reasons, DateTimeOffset At) : SupervisionEvent;

    /// <summary>A scope is held.</summary>
    /// <param name="Scope">Where.</param>
    /// <param name="Cause">Whose state holds it.</param>
    /// <param name="Level">How far.</param>
    /// <param name="Why">Why.</param>
    /// <param name="At">Since when.</param>
    public sealed record HoldBegan(string Scope, string Cause, string Level, string Why, DateTimeOffset At) : SupervisionEvent;

    /// <summary>A hold has lifted.</summary>
    /// <param name="Scope">Where.</param>
    /// <param name="Cause">Whose state held it.</param>
    /// <param name="Level">How far.</param>
    /// <param name="Since">When it began.</param>
    /// <param name="At">When it ended.</param>
    public sealed record HoldEnded(string Scope, string Cause, string Level, DateTimeOffset Since, DateTimeOffset At) : SupervisionEvent;
}
