using ActorOps.Ops.Changes;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// Closes positions once another person has agreed: orders that only make a position smaller, under ids made of the procedure's, sent to the broker beside the
/// desk's closed gate. What became of them is seen by looking.
/// </summary>
internal sealed class FlattenStep(EmergencyServices services) : IProcedureStep
{
    private static readonly TimeSpan RequestWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan JustApproved = TimeSpan.FromSeconds(5);

    public string Name => "flatten";

    public string Describe(Procedure procedure) => $"once another person has approved it, close every position of {procedure.Scope} at market; two looks at least 1 s apart must show none";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        var change = services.FindChange(ChangeKinds.Flatten, procedure.ProcedureId.ToString());
        switch (change)
        {
            case null when services.Time.GetUtcNow() - procedure.StartedAt < RequestWithin:
                return new StepOutcome(StepState.Waiting, "the request to flatten is not on record yet");
            case null:
                return new StepOutcome(StepState.Skipped, "not approved");
            case { IsApproved: false }:
                return new StepOutcome(StepState.Waiting, "waiting for another person");
        }

        // An earlier node may have been at it: then orders of ours may be on their way, or just filled.
        var isFirst = services.Time.GetUtcNow() - change.Approvals[^1].At < JustApproved;
        var seen = new List<Certificate>();
        foreach (var name in services.Scopes.BrokersOf(procedure.Scope))
        {
            seen.Add(services.Brokers.Find(name) is { } broker
                ? await new PositionClosing(broker, services, procedure, isFirst).RunAsync(cancellation).ConfigureAwait(false)
                : CertificateJoin.NoConnection(name));
        }

        var certificate = CertificateJoin.AfterFlatten(procedure.Certificate, seen, procedure.Scope);
        var state = certificate.Outcome switch { CertificateOutcome.Unknown => StepState.Unknown, CertificateOutcome.Flat => StepState.Done, _ => StepState.Failed };
        return new StepOutcome(state, $"{certificate.Summary}; {certificate.PositionsBefore!.Count} positions before") { IsFinal = true, Certificate = certificate };
    }
}
