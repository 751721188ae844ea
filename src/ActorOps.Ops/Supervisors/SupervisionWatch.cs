using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Looks, on every node, after targets that nobody is known to supervise: their shard is free, or its node has not reported for too long. They are held
/// like any unknown: at once before they were ever supervised, else after the grace.
/// </summary>
internal sealed class SupervisionWatch(SupervisorServices services)
{
    /// <summary>Begins the cause of every such hold. Each node looks for itself: they are told to nobody.</summary>
    public const string CausePrefix = "unsupervised ";

    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(5);
    private readonly Dictionary<TargetId, long?> _badSinceMs = [];
    private readonly Dictionary<TargetId, List<Scope>> _held = [];

    /// <summary>Compares what should be supervised with what is.</summary>
    public void Evaluate(IReadOnlyList<SupervisorPlan> plans, Func<SupervisorPlan, bool> isRunningHere, long nowMs, DateTimeOffset at)
    {
        foreach (var plan in plans)
        {
            Evaluate(plan, IsSupervised(plan, isRunningHere), nowMs, at);
        }

        foreach (var gone in _badSinceMs.Keys.Except(plans.Select(plan => plan.Target)).ToList())
        {
            _badSinceMs.Remove(gone);
            Apply(gone, [], at);
        }
    }

    private bool IsSupervised(SupervisorPlan plan, Func<SupervisorPlan, bool> isRunningHere) => isRunningHere(plan)
        || (services.Peers.OwnerOf(plan.Shard) is { IsHere: false } owner && services.Reports.SilenceOf(owner.Node) < Silent);

    private void Evaluate(SupervisorPlan plan, bool isSupervised, long nowMs, DateTimeOffset at)
    {
        var isNew = !_badSinceMs.TryGetValue(plan.Target, out var since);
        if (isSupervised)
        {
            _badSinceMs[plan.Target] = null;
            Apply(plan.Target, [], at);
            return;
        }

        // One that was never seen supervised has no grace to spend.
        since ??= isNew ? nowMs - (long)services.Options.EvaluationGrace.TotalMilliseconds : nowMs;
        _badSinceMs[plan.Target] = since;
        if (nowMs - since >= services.Options.EvaluationGrace.TotalMilliseconds)
        {
            Apply(plan.Target, [.. TargetScopes.Of(plan.Target, plan.Scope, plan.Desk, services)], at);
        }
    }

    private void Apply(TargetId target, List<Scope> scopes, DateTimeOffset at)
    {
        var held = _held.GetValueOrDefault(target, []);
        if (held.Count == 0 && scopes.Count == 0)
        {
            return;
        }

        foreach (var scope in held.Except(scopes))
        {
            services.Board.Lift(scope, Cause(target));
        }

        foreach (var scope in scopes.Except(held))
        {
            services.Board.Hold(scope, Cause(target), TradingState.ReduceOnly, at, $"no node supervises {target}");
        }

        _held[target] = scopes;
    }

    private static string Cause(TargetId target) => CausePrefix + target;
}
