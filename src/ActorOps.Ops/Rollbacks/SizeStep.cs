using System.Globalization;
using System.Text;
using ActorOps.Ops.Files;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Rollbacks;

/// <summary>A tenth of the normal size: by a cap that permits carry and a reset ends, and by the file that other systems read.</summary>
internal sealed class SizeStep(RollbackServices services) : IProcedureStep
{
    public string Name => "position-size";

    private string FilePath => Path.Combine(services.ConfigDirectory, "position_override.json");

    private string Content => string.Create(CultureInfo.InvariantCulture, $"{{\"max_position_pct\": {services.Options.MaxPositionFraction}, \"size_factor\": {services.Options.SizeFactor}}}\n");

    public string Describe(Procedure procedure) => $"cap {procedure.Scope} at {services.Options.SizeFactor:0.##} of the normal size; write {FilePath}: {Content.Trim()}";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        // A cap that stands already is joined, so asking twice is harmless. A recovery step is not such a cap: it ends automatically.
        var standing = services.Emergency.KillSwitch.Current.Standing.FirstOrDefault(trip => trip.Scope == procedure.Scope && trip.SizeFactor <= services.Options.SizeFactor && trip.Origin != TripOrigin.Recovery);
        var cap = standing ?? (await services.Emergency.KillSwitch.TripAsync(new TripRequest(procedure.Scope, TradingState.Active, ProcedureNames.Rollback, procedure.Principal, procedure.Person)
        {
            Origin = TripOrigin.Rollback,
            Reason = procedure.Reason,
            Cause = $"procedure:{procedure.ProcedureId}",
            SizeFactor = services.Options.SizeFactor,
        }).ConfigureAwait(false)).Trip;
        AtomicText.Write(FilePath, Encoding.UTF8.GetBytes(Content));
        return StepOutcome.Done($"cap {cap.TripId}; {FilePath}");
    }
}
