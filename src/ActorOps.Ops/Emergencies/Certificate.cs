using System.Text.Json.Serialization;

namespace ActorOps.Ops.Emergencies;

/// <summary>What was seen at the brokers while a scope was brought to rest.</summary>
/// <param name="OrdersBefore">Open orders at the first look, a line each.</param>
/// <param name="OrdersAfter">Open orders at the last look, a line each: what is left.</param>
/// <param name="UnknownVenues">Brokers that could not be asked to the end, with the reason.</param>
/// <param name="CancelsSent">Cancels that were sent.</param>
/// <param name="Reads">Looks that were answered.</param>
/// <param name="FirstLookAt">When the first look was answered; null: none was.</param>
/// <param name="VerifiedAt">When the second of two looks at least a second apart showed nothing open; null: that was not seen.</param>
public sealed record Certificate(
    IReadOnlyList<string> OrdersBefore,
    IReadOnlyList<string> OrdersAfter,
    IReadOnlyList<string> UnknownVenues,
    int CancelsSent,
    int Reads,
    DateTimeOffset? FirstLookAt,
    DateTimeOffset? VerifiedAt)
{
    /// <summary>Positions before they were closed, a line each; null: no flatten has run.</summary>
    public IReadOnlyList<string>? PositionsBefore { get; init; }

    /// <summary>Positions that a flatten left, a line each; null: no flatten has run, or a broker did not answer.</summary>
    public IReadOnlyList<string>? PositionsAfter { get; init; }

    /// <summary>Positions at the last look, which follows the last look at the orders; null: not read.</summary>
    public IReadOnlyList<OpenPosition>? OpenPositions { get; init; }

    /// <summary>When the positions were read, the earliest of all brokers; null: not read.</summary>
    public DateTimeOffset? PositionsReadAt { get; init; }

    /// <summary>True for every certificate since 0.3.1; null for earlier ones, which did not read positions.</summary>
    public bool? CoversPositions { get; init; }

    /// <summary>A word of <see cref="CertificateOutcome"/>, never just "ok".</summary>
    public string Outcome => CertificateOutcome.Of(this);

    /// <summary>The outcome in one sentence, with counts and positions.</summary>
    [JsonIgnore]
    public string Summary => CertificateText.Of(this);

    /// <summary>Nothing was looked at yet.</summary>
    internal static Certificate Empty { get; } = new([], [], [], 0, 0, null, null) { CoversPositions = true };
}
