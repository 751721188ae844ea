using ActorOps.Ops.Access;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Approvals;

/// <summary>A stored request is asked of access each time it is used: what a person who was revoked has asked for, agreed to or signed no longer counts.</summary>
internal static class StandingRequest
{
    /// <summary>Code of the refusal.</summary>
    public const string Code = "requester-revoked";

    /// <summary>Why a reset is void; null: it stands.</summary>
    public static string? WhyVoid(AccessState access, ResetRequest request, DateTimeOffset now) =>
        access.Holds(request.Principal, request.RequestedAt, now) ? null : Why(request.Principal, "asked for this");

    /// <summary>Why a change is void; null: it stands. One that is in force stays until it is ended.</summary>
    public static string? WhyVoid(AccessState access, ChangeRequest change, DateTimeOffset now) =>
        change.IsApproved ? null
        : !access.Holds(change.Principal, change.RequestedAt, now) ? Why(change.Principal, "asked for this")
        : change.Approvals.FirstOrDefault(approval => !access.Holds(approval.Principal, approval.At, now)) is { } gone ? Why(gone.Principal, "agreed to this")
        : null;

    /// <summary>The request with the signatures that still count.</summary>
    public static ResetRequest Living(AccessState access, ResetRequest request, DateTimeOffset now) =>
        request with { Signatures = request.Signatures is { } signatures ? [.. signatures.Where(signature => access.Holds(signature.Principal, signature.At, now))] : null };

    private static string Why(string principal, string did) => $"'{principal}', who {did}, was revoked or has expired since; ask for it again";
}
