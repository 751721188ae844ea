using ActorOps.Client.Wire;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Rules;

namespace ActorOps.Server.Http.Api;

/// <summary>Resets, changes and procedures as they are shown.</summary>
internal static class RiskViews
{
    public static IReadOnlyList<CheckView> Of(IReadOnlyList<ResetCheck> checks) => [.. checks.Select(check => new CheckView(check.Item, check.Title, check.State.ToString(), check.Detail))];

    public static ChangeView Of(ChangeRequest change) => new(
        change.ChangeId, change.Kind, change.Subject, change.Summary, change.Reason, change.Principal, change.Person, change.RequestedAt, change.ExpiresAt, change.ApprovalsNeeded, [.. change.Approvals.Select(approval => approval.Person)])
    {
        // Of a grant it is the principal's record, which nobody has to read.
        Argument = change.Kind == ChangeKinds.Access ? null : change.Argument,
        InForce = change.IsApproved,
        EndsAt = change.EndsAt,
    };

    public static ProcedureView Of(Procedure procedure) => new(procedure.ProcedureId, procedure.Kind, procedure.Scope.ToString(), procedure.Reason, procedure.Principal, procedure.Person, procedure.StartedAt, [.. procedure.Steps.Select(Of)])
    {
        Outcome = procedure.Outcome,
        EndedAt = procedure.EndedAt,
        Certificate = procedure.Certificate is { } certificate ? Of(certificate) : null,
    };

    public static LimitsView Of(LimitsState limits) => new(limits.Hash, limits.Values) { ProposedHash = limits.Proposed?.Hash, ProposedChanges = limits.Proposed?.Changes ?? [], Texts = limits.Values.ToDictionary(limit => LimitText.Name(limit.Key), limit => LimitText.Value(limit.Key, limit.Value)) };

    private static StepView Of(StepRecord step) => new(step.Name, step.State.ToString(), step.Effect, step.Attempts) { Detail = step.Detail, BeganAt = step.BeganAt, EndedAt = step.EndedAt };

    private static CertificateView Of(Certificate certificate) => new(certificate.Outcome, certificate.OrdersBefore, certificate.OrdersAfter, certificate.UnknownVenues, certificate.CancelsSent, certificate.Reads)
    {
        FirstLookAt = certificate.FirstLookAt,
        VerifiedAt = certificate.VerifiedAt,
        Summary = certificate.Summary,
        OpenPositions = certificate.OpenPositions is { } open ? [.. open.Select(position => new OpenPositionView(position.Broker, position.Account, position.Strategy, position.Symbol, position.Quantity))] : null,
        PositionsReadAt = certificate.PositionsReadAt,
        PositionsBefore = certificate.PositionsBefore,
        PositionsAfter = certificate.PositionsAfter,
    };
}
