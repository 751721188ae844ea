using System.Text.Json.Serialization;

namespace ActorOps.Ops.Rules;

/// <summary>Limits are risk: what is in force is on record.</summary>
[JsonDerivedType(typeof(LimitsInForce), "limits.in-force.v1")]
[JsonDerivedType(typeof(LimitsProposed), "limits.proposed.v1")]
public abstract record LimitsEvent
{
    private LimitsEvent()
    {
    }

    /// <summary>These limits are in force from now on.</summary>
    /// <param name="Hash">SHA-256 of all of them, hex.</param>
    /// <param name="Values">Every value by key.</param>
    /// <param name="Changes">What differs from before, with its direction.</param>
    public sealed record LimitsInForce(string Hash, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Changes) : LimitsEvent;

    /// <summary>A configuration asks for looser limits; they come into force once two people have agreed.</summary>
    /// <param name="Hash">SHA-256 of all of them, hex; what the persons agree to.</param>
    /// <param name="Values">Every value by key.</param>
    /// <param name="Changes">What differs from those in force, with its direction.</param>
    /// <param name="At">When.</param>
    public sealed record LimitsProposed(string Hash, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Changes, DateTimeOffset At) : LimitsEvent;
}
