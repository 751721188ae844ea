using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// The emergency procedure: block, cancel all, verify, look again for what was on its way, and where it was asked for and a second person agrees, close positions. Its
/// end is a certificate.
/// </summary>
internal sealed class EmergencyKind(EmergencyServices services) : IProcedureKind
{
    public string Name => ProcedureNames.Emergency;

    public string? ProblemOf(Procedure procedure) => null;

    public IReadOnlyList<IProcedureStep> StepsOf(Procedure procedure)
    {
        List<IProcedureStep> steps = [new BlockStep(services), new CancelStep(services, "cancel-all", TimeSpan.Zero), new CancelStep(services, "late-orders", CancelStep.LateAfter)];
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

    public string OutcomeOf(Procedure procedure) =>
        procedure.Certificate is not { } certificate ? "UNKNOWN"
        : certificate.Outcome == "CLEAN" && procedure.Steps.Any(step => step.State is StepState.Failed) ? "RESIDUAL"
        : certificate.Outcome == "CLEAN" && procedure.Steps.Any(step => step.State is StepState.Unknown) ? "UNKNOWN"
        : certificate.Outcome;
}
