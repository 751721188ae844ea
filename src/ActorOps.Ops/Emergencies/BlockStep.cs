using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Emergencies;

/// <summary>No order may leave before anything is cancelled, or new ones would race with the cancels.</summary>
internal sealed class BlockStep(EmergencyServices services) : IProcedureStep
{
    public string Name => "block";

    public string Describe(Procedure procedure) => procedure.Argument(ProcedureNames.TripId) is { } trip ? $"trip {trip} blocks {procedure.Scope}" : $"trip {procedure.Scope} to KILLED: no order leaves, desks cancel their own";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult(Standing(procedure) is { } trip ? StepOutcome.Done($"trip {trip.TripId}") : null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        if (Standing(procedure) is { } standing)
        {
            return StepOutcome.Done($"trip {standing.TripId}");
        }

        var receipt = await services.KillSwitch.TripAsync(new TripRequest(procedure.Scope, TradingState.Killed, procedure.Kind, procedure.Principal, procedure.Person)
        {
            Origin = procedure.Kind == ProcedureNames.Rollback ? TripOrigin.Rollback : TripOrigin.Emergency,
            Reason = procedure.Reason,
            Cause = $"procedure:{procedure.ProcedureId}",
        }).ConfigureAwait(false);
        return receipt.Latched ? StepOutcome.Done($"trip {receipt.Trip.TripId}, {receipt.Propagation.Acknowledged} of {receipt.Propagation.Nodes} nodes") : StepOutcome.Failed($"trip {receipt.Trip.TripId} is in memory only: the latch cannot be written");
    }

    /// <summary>The trip that the caller has raised already, or one of this procedure's own.</summary>
    private Trip? Standing(Procedure procedure) => services.KillSwitch.Current.Standing.FirstOrDefault(trip =>
        trip.Scope == procedure.Scope && (trip.TripId.ToString() == procedure.Argument(ProcedureNames.TripId) || (trip.Level == TradingState.Killed && trip.Cause == $"procedure:{procedure.ProcedureId}")));
}
