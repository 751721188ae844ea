using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>Cancels and verifies at every broker of the scope at once. To do it again is to look again.</summary>
internal sealed class CancelStep(EmergencyServices services, string name, TimeSpan after) : IProcedureStep
{
    /// <summary>When orders that were on their way to the broker have arrived.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(5);

    /// <summary>Time after which a person must act by other means; the second look is for the few that were late.</summary>
    private TimeSpan Within => TimeSpan.FromSeconds(after == TimeSpan.Zero ? 15 : 5);

    public string Name => name;

    public string Describe(Procedure procedure) => after == TimeSpan.Zero
        ? $"cancel every open order of {procedure.Scope} at {Brokers(procedure)}; two looks at least 1 s apart must show none; then read and name the positions"
        : $"{after.TotalSeconds:0} s after the block, the same again for orders that were on their way";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        var left = procedure.StartedAt + after - services.Time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left < after ? left : after, services.Time, cancellation).ConfigureAwait(false);
        }

        var sweeps = services.Scopes.BrokersOf(procedure.Scope).Select(broker => services.Brokers.Find(broker) is { } connection
            ? new OrderSweep(connection, services.Scopes, procedure.Scope, services.Time).RunAsync(Within, cancellation)
            : Task.FromResult(CertificateJoin.NoConnection(broker)));
        var certificate = CertificateJoin.AfterSweep(procedure.Certificate, await Task.WhenAll(sweeps).ConfigureAwait(false), procedure.Scope);
        var state = certificate.Outcome switch
        {
            CertificateOutcome.Unknown => StepState.Unknown,
            CertificateOutcome.Flat or CertificateOutcome.OrdersClean => StepState.Done,
            _ => StepState.Failed,
        };
        var detail = $"{certificate.Summary}; {certificate.OrdersBefore.Count} orders before, {certificate.OrdersAfter.Count} left, {certificate.CancelsSent} cancels, {certificate.Reads} looks";
        return new StepOutcome(state, detail) { Certificate = certificate, IsFinal = true };
    }

    private string Brokers(Procedure procedure) => services.Scopes.BrokersOf(procedure.Scope) is { Count: > 0 } brokers ? string.Join(", ", brokers) : "no broker (none is registered for this scope)";
}
