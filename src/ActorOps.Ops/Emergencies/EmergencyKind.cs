using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// The emergency procedure: block, cancel all, verify, look again for what was on its way, and where it was asked for and a second person agrees, close positions. It
/// ends with a certificate.
/// </summary>
internal sealed class EmergencyKind(EmergencyServices services) : IProcedureKind
{
    /// <summary>What these steps saw is in the certificate, where the last look counts.</summary>
    private static readonly string[] Looking = ["cancel-all", "late-orders", "flatten"];

    public string Name => ProcedureNames.Emergency;

    public string? ProblemOf(Procedure procedure) => null;

    public IReadOnlyList<IProcedureStep> StepsOf(Procedure procedure)
    {
        List<IProcedureStep> steps = [new BlockStep(services), new CancelStep(services, Looking[0], TimeSpan.Zero), new CancelStep(services, Looking[1], CancelStep.LateAfter)];
        if (procedure.Argument(ProcedureNames.OrderDesks) == "true")
        {
            steps.Insert(1, new OrderStep("order-desks", "cancel-all", services.Registry));
        }

        if (procedure.Argument(ProcedureNames.Shutdown) == "true")
        {
            steps.Add(new OrderStep("disable-auto-restart", "disable-auto-restart", services.Registry));
        }

        steps.Add(new NoticeStep("notify", "notification", "P0", "Emergency"));
        if (procedure.Argument(ProcedureNames.Flatten) == "true")
        {
            // Last, as it waits for a person.
            steps.Add(new FlattenStep(services));
        }

        return steps;
    }

    /// <summary>The certificate's word; where that is good and a step is not, the step's: a scope at rest that nobody was told about is not done.</summary>
    public string OutcomeOf(Procedure procedure) =>
        procedure.Certificate is not { } certificate ? CertificateOutcome.Unknown
        : certificate.Outcome is CertificateOutcome.Residual or CertificateOutcome.Unknown ? certificate.Outcome
        : procedure.Steps.Any(step => step.State is StepState.Failed && !Looking.Contains(step.Name)) ? "PARTIAL"
        : procedure.Steps.Any(step => step.State is StepState.Unknown && !Looking.Contains(step.Name)) ? CertificateOutcome.Unknown
        : certificate.Outcome;
}
