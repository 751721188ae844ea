using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Resets;

/// <summary>
/// What must be true before risk is added back. What the system can see it verifies each time; what it cannot see a person signs for; what is plainly false
/// nobody can sign away.
/// </summary>
internal static class ResetChecklist
{
    /// <summary>Every item, in the order of the recovery procedure.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trips">Its trips.</param>
    /// <param name="facts">What is seen.</param>
    /// <param name="state">What the journal knows.</param>
    /// <param name="options">Settings.</param>
    /// <param name="now">The moment.</param>
    public static async Task<IReadOnlyList<ResetCheck>> EvaluateAsync(ResetRequest request, IReadOnlyList<Trip> trips, IResetFacts facts, KillSwitchState state, KillSwitchOptions options, DateTimeOffset now)
    {
        var checks = new List<ResetCheck> { new("root-cause", "root cause recorded", CheckState.Verified, request.RootCause) };
        if (ShadowNeeded(trips, state, options) is { } needed)
        {
            checks.Add(Shadow(request.Shadow, needed, trips.Max(trip => trip.RaisedAt), request, options, now));
        }

        var scopes = trips.Select(trip => trip.Scope).Distinct().ToList();
        var orders = new List<ScopeHealth>();
        foreach (var scope in trips.Where(trip => trip.Level >= TradingState.CancelOnly).Select(trip => trip.Scope).Distinct())
        {
            orders.Add(await facts.OpenOrdersAsync(scope).ConfigureAwait(false));
        }

        if (orders.Count > 0)
        {
            checks.Add(Signable("open-orders", "no open orders in scope", Worst(orders), request));
        }

        var positions = new List<string>();
        foreach (var scope in scopes)
        {
            positions.Add(await facts.PositionsAsync(scope).ConfigureAwait(false));
        }

        checks.Add(Signable("reconciliation", "positions, orders and fills agree with the broker's", ScopeHealth.Unknown($"{string.Join("; ", positions.Distinct())}; compare the books with the broker's statement, then sign"), request));
        var ignored = IgnoredBy(trips, state);
        checks.Add(Signable("no-new-critical", "nothing else is critical in scope", Worst([.. scopes.Select(scope => facts.HealthOf(scope, ignored))]), request));
        checks.Add(Signable("standing-cause", "the cause does not stand any more", Worst([.. trips.Select(trip => state.CauseOf(trip, now))]), request));
        checks.Add(facts.ClusterProblem() is { } problem
            ? new("cluster", "the cluster is healthy", CheckState.Failed, problem)
            : new("cluster", "the cluster is healthy", CheckState.Verified, "every member is up and has reported"));
        return checks;
    }

    /// <summary>Breaches that the trips themselves stand for (<c>target rule</c>): they may still be past their limit, and act again when they get worse.</summary>
    public static IReadOnlyList<string> IgnoredBy(IEnumerable<Trip> trips, KillSwitchState state) =>
        [.. trips.SelectMany(trip => (trip.RecoversFrom ?? []).Concat(state.CausesOf(trip).Where(cause => cause is { Origin: TripOrigin.Rule, Rule: not null }).Select(cause => $"{cause.Cause} {cause.Rule}"))).Distinct()];

    private static TimeSpan? ShadowNeeded(IEnumerable<Trip> trips, KillSwitchState state, KillSwitchOptions options)
    {
        var needed = trips.SelectMany(trip => state.CausesOf(trip)).Select(cause => (cause.Origin, cause.Rule) switch
        {
            (TripOrigin.Rollback, _) => options.ShadowAfterModel,
            (TripOrigin.Rule, "precision" or "drift") => options.ShadowAfterModel,
            (TripOrigin.Rule, RuleNames.HourlyPnl or RuleNames.DailyPnl or RuleNames.Drawdown) => options.ShadowAfterLimit,
            _ => TimeSpan.Zero,
        }).Max();
        return needed > TimeSpan.Zero ? needed : null;
    }

    private static ResetCheck Shadow(ShadowRun? run, TimeSpan needed, DateTimeOffset tripped, ResetRequest request, KillSwitchOptions options, DateTimeOffset now)
    {
        const string title = "fix tested in shadow";
        if (run is null)
        {
            return Of(CheckState.Open, $"no shadow run was named; {needed.TotalHours:0} h are needed: --shadow-from, --shadow-until, --shadow-pnl, --shadow-slippage");
        }

        // Its figures are a person's word, and count as such: verified is only that they are enough.
        return run.Until > now || run.From >= run.Until ? Of(CheckState.Failed, "the run ends in the future, or before it begins")
            : run.From < tripped ? Of(CheckState.Failed, $"the run began at {run.From:u}, before the trip at {tripped:u}: it did not test the fix")
            : run.Until - run.From < needed ? Of(CheckState.Failed, $"the run took {run.Until - run.From}, {needed} are needed")
            : run.Pnl < 0 ? Of(CheckState.Failed, $"the run lost {-run.Pnl}")
            : !(run.SlippageRatio <= options.ShadowSlippage) ? Of(CheckState.Failed, $"its slippage ratio was {run.SlippageRatio}, at most {options.ShadowSlippage} is normal")
            : Of(CheckState.Signed, $"{run.Until - run.From} without a loss, attested by {request.Person}");

        static ResetCheck Of(CheckState state, string detail) => new("shadow", title, state, detail);
    }

    private static ResetCheck Signable(string item, string title, ScopeHealth health, ResetRequest request) =>
        health is { IsKnown: true, IsGood: true } ? new(item, title, CheckState.Verified, health.Detail)
        : health.IsKnown ? new(item, title, CheckState.Failed, health.Detail)
        : request.Signatures?.LastOrDefault(signature => signature.Item == item) is { } signed ? new(item, title, CheckState.Signed, $"{signed.Person}: {signed.Statement}")
        : new(item, title, CheckState.Open, health.Detail);

    private static ScopeHealth Worst(List<ScopeHealth> all) =>
        all.Find(health => health is { IsKnown: true, IsGood: false }) ?? all.Find(health => !health.IsKnown) ?? all.FirstOrDefault() ?? ScopeHealth.Unknown("nothing was looked at");
}
