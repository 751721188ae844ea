namespace ActorOps.Ops.Procedures;

/// <summary>Runs one step to its outcome, whatever it throws.</summary>
internal static class StepRunner
{
    /// <summary>Attempts after which a step that fails has failed.</summary>
    public const int MostAttempts = 3;

    /// <summary>What the step says; one whose earlier attempt has no known end is verified before it is done again.</summary>
    public static async Task<StepOutcome> RunAsync(IProcedureStep? step, Procedure procedure, bool isResumed, CancellationToken cancellation)
    {
        if (step is null)
        {
            return new StepOutcome(StepState.Unknown, "this version does not know the step");
        }

        try
        {
            return (isResumed ? await step.VerifyAsync(procedure, cancellation).ConfigureAwait(false) : null)
                ?? await step.RunAsync(procedure, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever a step throws is its outcome: the steps after it must not depend on it
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return StepOutcome.Failed(error.Message);
        }
    }
}
