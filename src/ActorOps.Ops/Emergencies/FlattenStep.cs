using ActorOps.Ops.Brokers;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// Closes positions once another person has agreed: orders that only make a position smaller, under ids made of the procedure's, sent to the broker beside the
/// desk's closed gate. What of it has arrived is seen by looking.
/// </summary>
internal sealed class FlattenStep(EmergencyServices services) : IProcedureStep
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan JustApproved = TimeSpan.FromSeconds(5);

    /// <summary>Orders and positions of a broker may disagree for so long: an order that is gone may have filled what still shows as a position.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    public string Name => "flatten";

    public string Describe(Procedure procedure) => $"once another person has approved it, close every position of {procedure.Scope} at market; two looks at least 1 s apart must show none";

    public Task<StepOutcome?> VerifyAsync(Procedure procedure, CancellationToken cancellation) => Task.FromResult<StepOutcome?>(null);

    public async Task<StepOutcome> RunAsync(Procedure procedure, CancellationToken cancellation)
    {
        var change = services.FindChange(ChangeKinds.Flatten, procedure.ProcedureId.ToString());
        switch (change)
        {
            case null when services.Time.GetUtcNow() - procedure.StartedAt < Within:
                return new StepOutcome(StepState.Waiting, "the request to flatten is not on record yet");
            case null:
                return new StepOutcome(StepState.Skipped, "it was not approved");
            case { IsApproved: false }:
                return new StepOutcome(StepState.Waiting, "waiting for another person");
        }

        // Somebody may have been at it before: then orders of ours may be on their way, or just filled.
        var isFirst = services.Time.GetUtcNow() - change.Approvals[^1].At < JustApproved;
        var (before, left, unknown) = (new Dictionary<string, string>(), new List<string>(), new List<string>());
        foreach (var name in services.Scopes.BrokersOf(procedure.Scope))
        {
            try
            {
                var broker = services.Brokers.Find(name) ?? throw new BrokerUnavailableException(name, "there is no connection");
                left.AddRange(await CloseAsync(broker, procedure, isFirst, before, cancellation).ConfigureAwait(false));
            }
            catch (BrokerUnavailableException unavailable)
            {
                unknown.Add(unavailable.Message);
            }
        }

        var certificate = (procedure.Certificate ?? new Certificate([], [], [], 0, 0, null, null)) with { PositionsBefore = [.. before.Values], PositionsAfter = unknown.Count == 0 ? left : null };
        var state = unknown.Count > 0 ? StepState.Unknown : left.Count > 0 ? StepState.Failed : StepState.Done;
        return new StepOutcome(state, $"{before.Count} positions, {left.Count} left{(unknown.Count > 0 ? "; " + string.Join("; ", unknown) : string.Empty)}")
        {
            IsFinal = true,
            Certificate = certificate with { UnknownVenues = [.. certificate.UnknownVenues, .. unknown] },
        };
    }

    private async Task<IReadOnlyList<string>> CloseAsync(IBrokerConnection broker, Procedure procedure, bool isFirst, Dictionary<string, string> before, CancellationToken cancellation)
    {
        var started = services.Time.GetTimestamp();
        var lastSeen = new Dictionary<string, long>();
        var isFlat = false;
        while (true)
        {
            var open = await broker.OpenOrdersAsync(isUrgent: true, cancellation).ConfigureAwait(false);
            var positions = (await broker.PositionsAsync(cancellation).ConfigureAwait(false)).Where(position => services.Scopes.Contains(procedure.Scope, broker.Broker, position)).ToList();
            if (positions.Count == 0 && isFlat)
            {
                return [];
            }

            isFlat = positions.Count == 0;
            foreach (var position in positions)
            {
                var key = $"{position.Account}-{position.Strategy}-{position.Symbol}";
                before.TryAdd(broker.Broker + key, Line(broker, position));
                if (!isFirst)
                {
                    lastSeen.TryAdd(key, services.Time.GetTimestamp());
                }

                // An order of ours that is open, or was a moment ago, takes it; only what that has left for certain is closed by another.
                if (open.Any(order => order.ClientOrderId.StartsWith(IdOf(procedure, key), StringComparison.Ordinal)))
                {
                    lastSeen[key] = services.Time.GetTimestamp();
                }
                else if (!lastSeen.TryGetValue(key, out var seen) || services.Time.GetElapsedTime(seen) > Settling)
                {
                    lastSeen[key] = services.Time.GetTimestamp();
                    await broker.CloseAsync(position, $"{IdOf(procedure, key)}-{position.SignedQuantity:0.####}", cancellation).ConfigureAwait(false);
                }
            }

            if (services.Time.GetElapsedTime(started) > Within)
            {
                return [.. positions.Select(position => Line(broker, position))];
            }

            await Task.Delay(BetweenLooks, services.Time, cancellation).ConfigureAwait(false);
        }
    }

    private static string IdOf(Procedure procedure, string key) => $"flat-{Notice.IdOf(procedure.ProcedureId, key).ToString("N")[..16]}";

    private static string Line(IBrokerConnection broker, BrokerPosition position) => $"{broker.Broker} {position.Account} {position.Strategy} {position.Symbol} {position.SignedQuantity:+0.########;-0.########}";
}
