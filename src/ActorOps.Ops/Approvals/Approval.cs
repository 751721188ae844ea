using ActorOps.Ops.Access;

namespace ActorOps.Ops.Approvals;

/// <summary>A person's word for something that adds risk, with what proves it.</summary>
/// <param name="By">Whose token came with it.</param>
/// <param name="Code">The one-time code; null: none was given.</param>
/// <param name="Secret">What the code is checked against, opened with that token; null: no code is enrolled.</param>
public sealed record Approval(Principal By, string? Code, byte[]? Secret)
{
    /// <summary>The principal that asked, as access has it now; null: not a person's.</summary>
    public Principal? Requester { get; init; }

    /// <summary>Whether the role admin is enough, as for a grant while nobody else has the role risk.</summary>
    public bool AdminSuffices { get; init; }

    /// <summary>Of a caller whose token is at hand.</summary>
    public static Approval Of(Principal by, string? code, string token) => new(by, code?.Trim(), by.CodeSecret is { } kept ? CodeSecret.Open(kept, token) : null);
}
