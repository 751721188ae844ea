using ActorOps.Kernel;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors.Responses;

/// <summary>Carries out what the policy says. Only ever takes risk off; the rest is for people and goes up the path.</summary>
internal sealed class AutomaticResponses(SupervisorSetup setup, SupervisorServices services)
{
    private const long InsistEveryMs = 5000;
    private long _lastInsistedMs;

    public void Respond(RuleOutcome outcome, ActorSystem system)
    {
        var policy = ResponsePolicy.For(setup.Target.Kind, outcome.Rule.Name);
        var reading = SupervisorActor.Describe(outcome.Rule.Read());
        if (outcome.Step.HasFlag(RuleStep.Confirmed))
        {
            Escalate(policy.Severity, outcome.Rule.Name, Confirmed(policy, outcome.Rule, reading, system));
        }
        else if (outcome.Step.HasFlag(RuleStep.Alerted))
        {
            Escalate(policy.Severity, outcome.Rule.Name, $"{reading}: {policy.Announce(outcome.Rule.Streak, services.Options.ConfirmSamples)}");
        }

        if (outcome.Step.HasFlag(RuleStep.Emergency))
        {
            Escalate("P0", outcome.Rule.Name, $"{reading}: past the emergency threshold, consider flattening {setup.Scope}");
        }
    }

    /// <summary>
    /// A switch that did not take effect (the store may have been away) is asked for again, while a strategy still trades on a dead feed.
    /// Asking twice does no harm: the switch knows what is in use, and trips join.
    /// </summary>
    public void Insist(TargetMonitor monitor, long nowMs, ActorSystem system)
    {
        var silence = monitor.Rules.FirstOrDefault(rule => rule is { Name: RuleNames.FeedSilence, IsConfirmed: true });
        if (silence is not null && nowMs - _lastInsistedMs >= InsistEveryMs && FeedUsers.Of(setup.Target, setup.Desk!, services).Any(user => services.Board.Current.Of(Scope.Strategy(user.Id)).Level != TradingState.Killed))
        {
            _lastInsistedMs = nowMs;
            SwitchFeed(silence, SupervisorActor.Describe(silence.Read()), system);
        }
    }

    private string Confirmed(ResponsePolicy policy, RuleTracker rule, string reading, ActorSystem system)
    {
        if (policy.SwitchesFeed)
        {
            return SwitchFeed(rule, reading, system);
        }

        if (policy.CapsSize)
        {
            Trip(Request(setup.Scope!, TradingState.Active, rule, reading) with { MaxPositionFraction = services.Options.SlippageMaxPositionFraction });
            return $"{reading}: SIZE CAP {services.Options.SlippageMaxPositionFraction * 100:0.##} % of AUM a position for {setup.Scope}";
        }

        if (policy.Trip is { } level && setup.Scope is { } scope)
        {
            Trip(Request(scope, level, rule, reading), policy.RollsBack ? services.Rollback : null);
            return $"{reading}: {scope} tripped to {level.ToWire()}";
        }

        return reading;
    }

    private string SwitchFeed(RuleTracker rule, string reading, ActorSystem system)
    {
        var users = FeedUsers.Of(setup.Target, setup.Desk!, services).ToList();
        if (users.Count == 0)
        {
            return $"{reading}: no strategy uses this feed; nothing to do";
        }

        var primary = users[0].Feed;
        var backup = services.Registry.Find(setup.Desk!.Id)?.Feeds.FirstOrDefault(feed => feed.Id == primary)?.Backup;
        var other = setup.Target.Id == primary ? backup : primary;
        if (other is not null && IsAlive(other, system))
        {
            services.FeedSwitch.Tell(new FeedCommand.Switch(primary, other, "supervisor", reading));
            return $"{reading}: switching to {other}";
        }

        foreach (var user in users)
        {
            Trip(Request(Scope.Strategy(user.Id), TradingState.Killed, rule, reading));
        }

        return $"{reading}: {(other is null ? "no backup" : $"{other} is silent too")}; {users.Count} strategies tripped to KILLED";
    }

    private bool IsAlive(string feed, ActorSystem system)
    {
        var now = system.TimeProvider.GetMilliseconds();
        return services.Reports.LastTickMs(feed) is { } last && now - last <= services.Options.FeedSilence.Warning * 1000;
    }

    private TripRequest Request(Scope scope, TradingState level, RuleTracker rule, string reading) =>
        new(scope, level, "rule:" + rule.Name, "supervisor", "supervisor") { Origin = TripOrigin.Rule, Rule = rule.Name, Reason = reading, Cause = setup.Target.ToString(), Evidence = reading };

    /// <summary>Latch and gates are done when this returns; only the store is still awaited.</summary>
    private void Trip(TripRequest request, Action<Trip>? then = null) => _ = TripAsync(request, then);

    private async Task TripAsync(TripRequest request, Action<Trip>? then)
    {
        var receipt = await services.KillSwitch.TripAsync(request).ConfigureAwait(false);
        then?.Invoke(receipt.Trip);
    }

    private void Escalate(string severity, string rule, string text) =>
        services.Escalations.Tell(new Escalation(setup.Target.ToString(), setup.Path, severity, rule, text));
}
