using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Technical parent of the supervisors on this node: makes one for each registered target, restarts them with backoff, and holds a target
/// whose supervisor cannot be kept alive.
/// </summary>
internal sealed class ShardHostActor : Actor
{
    private readonly SupervisorServices _services;
    private readonly SignalRouting _routing;
    private readonly Func<SupervisorSetup, Props> _props;
    private readonly ILogger _log;
    private readonly Dictionary<TargetId, Running> _supervisors = [];
    private readonly SupervisorStrategy _strategy;
    private readonly Dictionary<ActorRef, SupervisorSetup> _leaving = [];
    private long _created;

    public ShardHostActor(SupervisorServices services, SignalRouting routing, ILogger log, Func<SupervisorSetup, Props>? props = null)
    {
        _services = services;
        _routing = routing;
        _log = log;
        _props = props ?? (setup => Props.Create(() => new SupervisorActor(setup, services)));
        _strategy = new OneForOneStrategy(
            static _ => Directive.Restart,
            maxRestarts: 5,
            TimeSpan.FromMinutes(1),
            new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5)))
        {
            Exhausted = OnExhausted,
        };
    }

    protected override SupervisorStrategy SupervisorStrategy => _strategy;

    protected override ValueTask PreStart()
    {
        Context.System.EventStream.Subscribe<DesksChanged>(Self);
        Context.System.EventStream.Subscribe<KillSwitches.TripsCleared>(Self);
        Context.Timers.StartPeriodic("tick", SupervisorCommand.Tick.Instance, TimeSpan.FromSeconds(1));
        Update();
        return default;
    }

    protected override ValueTask PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        return default;
    }

    protected override ValueTask Receive(object message)
    {
        switch (message)
        {
            case DesksChanged:
                Update();
                break;
            case SupervisorCommand.Tick or KillSwitches.TripsCleared:
                foreach (var running in _supervisors.Values)
                {
                    running.Ref.Tell(message, Self);
                }

                break;
            case Terminated terminated when _leaving.Remove(terminated.Actor, out var setup) && !_supervisors.ContainsKey(setup.Target):
                _services.Board.LiftAll(setup.Target.ToString());
                _services.Board.LiftAll(LostCause(setup.Target));
                break;
            case Terminated:
                break;
            case DeskGap gap:
                foreach (var running in _supervisors.Values.Where(item => item.Setup.Desk?.Id == gap.Desk))
                {
                    running.Ref.Tell(new SupervisorCommand.Gap(), Self);
                }

                break;
            case InspectTarget inspect when _supervisors.TryGetValue(inspect.Target, out var found):
                found.Ref.Tell(new SupervisorCommand.Inspect(), Sender);
                break;
            case InspectTarget:
                Sender.Tell(new NoSuchTarget());
                break;
            default:
                Unhandled(message);
                break;
        }

        return default;
    }

    private void Update()
    {
        var wanted = SupervisorPlan.For(_services.Registry, _services.Options);
        foreach (var (target, current) in _supervisors.ToList())
        {
            var plan = wanted.Find(candidate => candidate.Target == target);
            if (plan?.Fingerprint == current.Fingerprint)
            {
                continue;
            }

            if (plan?.Members is { } members)
            {
                current.Ref.Tell(members, Self);
                _supervisors[target] = current with { Fingerprint = plan.Fingerprint };
                continue;
            }

            Context.Watch(current.Ref);
            Context.Stop(current.Ref);
            current.Setup.Inbox.Close();
            _leaving.Add(current.Ref, current.Setup);
            _supervisors.Remove(target);
            _services.Summaries.Remove(target);
        }

        // Scopes first: strategies tell them.
        foreach (var plan in wanted.Where(plan => !_supervisors.ContainsKey(plan.Target)).OrderByDescending(plan => plan.Target.Kind))
        {
            Add(plan);
        }

        _routing.Replace(
            [.. _supervisors.Values.Where(item => item.Setup.Desk is not null).Select(item => new SignalTarget(item.Setup.Target, item.Setup.Desk!.Id, item.Setup.Inbox))],
            _services.Registry.Desks);
    }

    private void Add(SupervisorPlan plan)
    {
        ActorRef? reference = null;
        var inbox = new SignalInbox(SignalRouting.InboxCapacity, () => Volatile.Read(ref reference)?.Tell(SupervisorCommand.Drain.Instance));
        var setup = new SupervisorSetup(plan.Target, plan.Desk, plan.Path, inbox, plan.Monitor)
        {
            Scope = plan.Scope,
            Above = [.. plan.Above.Select(above => _supervisors[above].Ref)],
        };
        var created = Context.ActorOf(_props(setup), $"{plan.Target.Kind.ToWire()}-{plan.Target.Id}~{++_created}");
        Volatile.Write(ref reference, created);
        _supervisors.Add(plan.Target, new Running(setup, created, plan.Fingerprint));
    }

    private void OnExhausted(ActorRef child, Exception reason)
    {
        foreach (var (target, item) in _supervisors.Where(item => ReferenceEquals(item.Value.Ref, child)).ToList())
        {
            item.Setup.Inbox.Close();
            if ((item.Setup.Scope ?? (target.Kind == TargetKind.Feed ? null : Scope.Firm)) is { } scope)
            {
                _services.Board.Hold(scope, LostCause(target), TradingState.ReduceOnly);
            }
            else
            {
                foreach (var strategy in item.Setup.Desk!.Strategies.Where(strategy => _services.ActiveFeeds.For(strategy.Feed) == target.Id))
                {
                    _services.Board.Hold(Scope.Strategy(strategy.Id), LostCause(target), TradingState.ReduceOnly);
                }
            }

            _services.Summaries.Put(new SupervisorSummary(
                target, item.Setup.Desk?.Id, item.Setup.Path, Verdict.Unknown, [new RuleReading("supervisor", RuleLevel.Unknown, double.NaN, double.NaN, 0, $"restarts used up: {reason.Message}")], null));
            _services.Escalations.Tell(new Escalation(target.ToString(), item.Setup.Path, "P1", null, $"supervisor lost: {reason.Message}; {target} held at REDUCE_ONLY"));
            SupervisorLog.SupervisorLost(_log, target.ToString(), reason);
        }
    }

    private static string LostCause(TargetId target) => $"supervisor-lost {target}";

    /// <summary>Lines of a desk's stream were lost.</summary>
    internal sealed record DeskGap(string Desk);

    /// <summary>Ask a supervisor for its detail.</summary>
    internal sealed record InspectTarget(TargetId Target);

    internal sealed record NoSuchTarget;

    private sealed record Running(SupervisorSetup Setup, ActorRef Ref, string Fingerprint);
}
