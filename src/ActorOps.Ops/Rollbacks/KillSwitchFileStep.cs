using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Rollbacks;

/// <summary>Every node writes the file while a trip stands; here it is looked at on the node that runs the procedure.</summary>
internal sealed class KillSwitchFileStep(RollbackServices services) : IProcedureStep
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Name => "kill-switch-file";

    public string Describe(Procedure procedure) => $"{services.KillSwitchFile} is there on every node while the trip stands";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        var time = services.Emergency.Time;
        var started = time.GetTimestamp();
        while (!File.Exists(services.KillSwitchFile))
        {
            if (time.GetElapsedTime(started) > Within)
            {
                return StepOutcome.Failed($"{services.KillSwitchFile} is not there; is its directory writable?");
            }

            await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
        }

        return StepOutcome.Done(services.KillSwitchFile);
    }
}
