using System.Text.Json.Serialization;

namespace ActorOps.Ops.Access;

/// <summary>A credential's owner. Two people means two different <see cref="Person"/>s, however many principals they have.</summary>
/// <param name="Name">Unique name of the credential.</param>
/// <param name="Person">The human being, or the system, behind it, as an id (see <see cref="PersonId"/>).</param>
/// <param name="Roles">What it may do.</param>
/// <param name="TokenHash">SHA-256 of its token, lower-case hex.</param>
/// <param name="ChangedAt">When it was added or last changed.</param>
/// <param name="ExpiresAt">When it ends; null: never.</param>
/// <param name="Desk">The desk of a trading system.</param>
public sealed record Principal(
    string Name,
    string Person,
    IReadOnlyList<Role> Roles,
    string TokenHash,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ExpiresAt = null,
    string? Desk = null)
{
    /// <summary>Secret of its one-time codes, sealed under its token; null: none is enrolled.</summary>
    public string? CodeSecret { get; init; }

    /// <summary>Scopes that an alert source may trip; null: any.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>How the person is shown; null: by the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>When it was added. Of the fold, as the three that follow.</summary>
    [JsonIgnore]
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>The person that granted it.</summary>
    [JsonIgnore]
    public string GrantedBy { get; init; } = string.Empty;

    /// <summary>The person that agreed to it; null: it was granted by one person alone.</summary>
    [JsonIgnore]
    public string? ApprovedBy { get; init; }

    /// <summary>Whether it was granted alone because nobody else was there to agree.</summary>
    [JsonIgnore]
    public bool IsFirstOther { get; init; }

    /// <summary>Whether it has a role that is granted by two people.</summary>
    [JsonIgnore]
    public bool IsKeeper => Roles.Any(role => role is Role.Risk or Role.Admin);

    /// <summary>Whether it has not expired.</summary>
    public bool IsLiving(DateTimeOffset now) => ExpiresAt is not { } end || end > now;

    /// <summary>May trip.</summary>
    [JsonIgnore]
    public bool MayReduceRisk => MayAskForRisk || Roles.Contains(Role.BreakGlass);

    /// <summary>May also ask for a reset or a change, and sign: is a person.</summary>
    [JsonIgnore]
    public bool MayAskForRisk => Roles.Any(role => role is Role.Operator or Role.Admin or Role.Engineering or Role.Risk);

    /// <summary>May approve what adds risk.</summary>
    [JsonIgnore]
    public bool MayAddRisk => Roles.Contains(Role.Risk);

    /// <summary>May add and remove principals.</summary>
    [JsonIgnore]
    public bool MayManageAccess => Roles.Contains(Role.Admin);

    /// <summary>May read everything.</summary>
    [JsonIgnore]
    public bool MayRead => Roles.Any(role => role is not (Role.Desk or Role.Alerts or Role.BreakGlass));
}
