using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Scheduling;
using ActorOps.Kernel.Supervision;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Technical parent of the supervisors on this node: makes one for each registered target of the shards that the node has, restarts them with backoff,
/// and holds a target whose supervisor cannot be kept alive. Shards come and go with their grants.
/// </summary>
internal sealed class ShardHostActor : Actor
{
    private readonly SupervisorServices _services;
    private readonly SignalRouting _routing;
    private readonly IJournal _journal;
    private readonly Func<SupervisorSetup, Props> _props;
    private readonly ILogger _log;
    private readonly Dictionary<string, ShardTerm> _shards = [];
    private readonly Dictionary<TargetId, Running> _supervisors = [];
    private readonly Dictionary<TargetId, MonitorCheckpoint> _checkpoints = [];
    private readonly Dictionary<ActorRef, Running> _leaving = [];
    private readonly SupervisionWatch _watch;
    private readonly HandedHolds _handed;
    private readonly HoldDiary _diary = new();
    private readonly SupervisorStrategy _strategy;
    private List<SupervisorPlan> _plans = [];
    private Dictionary<TargetId, SupervisorPlan> _planOf = [];
    private long _created;

    public ShardHostActor(SupervisorServices services, SignalRouting routing, IJournal journal, ILogger log, Func<SupervisorSetup, Props>? props = null)
    {
        (_services, _routing, _journal, _log) = (services, routing, journal, log);
        _watch = new SupervisionWatch(services);
        _handed = new HandedHolds(services);
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

    private long NowMs => Context.System.TimeProvider.GetMilliseconds();

    protected override ValueTask PreStart()
    {
        Context.System.EventStream.Subscribe<DesksChanged>(Self);
        Context.System.EventStream.Subscribe<KillSwitches.TripsCleared>(Self);
        Context.Timers.StartPeriodic("tick", SupervisorCommand.Tick.Instance, TimeSpan.FromSeconds(1));
        OnDesksChanged();
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
                OnDesksChanged();
                break;
            case SupervisorCommand.Tick:
                Watch();
                _handed.Evaluate(NowMs);
                RecordHolds();
                TellAll(message);
                break;
            case KillSwitches.TripsCleared:
                TellAll(message);
                break;
            case ShardCommand.Take take:
                Take(take.Token);
                break;
            case ShardCommand.Give give:
                Give(give.Shard, Sender);
                break;
            case Terminated terminated when _leaving.Remove(terminated.Actor, out var left):
                OnLeft(left);
                break;
            case CheckpointCommand.Flush:
                AnswerGiven();
                break;
            case CheckpointsLoaded loaded:
                OnLoaded(loaded);
                break;
            case DeskGap gap:
                foreach (var running in _supervisors.Values.Where(item => item.Setup.Desk?.Id == gap.Desk))
                {
                    running.Ref.Tell(new SupervisorCommand.Gap(), Self);
                }

                break;
            case ContributeTo contribution when _supervisors.TryGetValue(contribution.Scope, out var scope):
                scope.Ref.Tell(new SupervisorCommand.Contribute(contribution.Strategy, contribution.Day, contribution.Cumulative, NowMs - contribution.AgeMs), Self);
                break;
            case ContributeTo or Terminated:
                break;
            case InspectTarget inspect when _supervisors.TryGetValue(inspect.Target, out var found):
                found.Ref.Tell(new SupervisorCommand.Inspect(), Sender);
                break;
            case ShardCommand.Sync:
                Sender.Tell(message);
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

    /// <summary>A supervisor counts from its first word on, which comes after its first hold: between the two nobody may trade on what nobody has looked at.</summary>
    private void Watch() => _watch.Evaluate(_plans, plan => _supervisors.ContainsKey(plan.Target) && _services.Summaries.Find(plan.Target) is not null, NowMs, Context.System.TimeProvider.GetUtcNow());

    /// <summary>Into the record of the shard that the held target belongs to; holds of a shard that another node has by now are recorded there.</summary>
    private void RecordHolds()
    {
        foreach (var (cause, e) in _diary.Compare(_services.Board.LocalHolds, Context.System.TimeProvider.GetUtcNow()))
        {
            if (TargetId.TryParse(cause[(cause.LastIndexOf(' ') + 1)..], out var target) && _planOf.GetValueOrDefault(target) is { } plan && _shards.GetValueOrDefault(plan.Shard) is { GivenTo: null } term)
            {
                term.Verdicts.Tell(e);
            }
        }
    }

    private void TellAll(object message)
    {
        foreach (var running in _supervisors.Values)
        {
            running.Ref.Tell(message, Self);
        }
    }

    private void Take(FencingToken token)
    {
        if (_shards.TryGetValue(token.Grant, out var known) && known.GivenTo is null && known.Token == token)
        {
            return;
        }

        var name = $"verdicts-{token.Grant.Replace('/', '-')}~{++_created}";
        _shards[token.Grant] = new ShardTerm(token, Context.ActorOf(Props.Create(() => new VerdictRecorderActor(_journal, token, _log)), name));
        _services.Checkpoints.Tell(new CheckpointCommand.Load([.. _plans.Where(plan => plan.Shard == token.Grant).Select(plan => plan.Target)]), Self);
    }

    /// <summary>Answers come in the order of the questions, and each is for everything that has not started yet: supervisors of all shards that wait may start.</summary>
    private void OnLoaded(CheckpointsLoaded loaded)
    {
        foreach (var (target, checkpoint) in loaded.Checkpoints)
        {
            _checkpoints[target] = checkpoint;
        }

        if (_shards.Values.FirstOrDefault(term => !term.IsReady) is { } next)
        {
            next.IsReady = true;
            SupervisorLog.ShardTaken(_log, next.Token.Grant, _plans.Count(plan => plan.Shard == next.Token.Grant));
            Update();
        }
    }

    private void Give(string shard, ActorRef sender)
    {
        if (!_shards.TryGetValue(shard, out var term))
        {
            sender.Tell(new ShardGiven(shard));
            return;
        }

        term.GivenTo = sender;
        foreach (var running in _supervisors.Values.Where(running => running.Shard == shard).ToList())
        {
            Stop(running);
        }

        Context.Watch(term.Verdicts);
        Context.Stop(term.Verdicts);
        _leaving.Add(term.Verdicts, new Running(null!, term.Verdicts, string.Empty, shard));
        Route();
    }

    private void OnLeft(Running left)
    {
        if (left.Setup is { } setup && !_supervisors.ContainsKey(setup.Target) && !_planOf.ContainsKey(setup.Target))
        {
            _services.Board.LiftAll(setup.Target.ToString());
            _services.Board.LiftAll(LostCause(setup.Target));
        }

        if (_shards.GetValueOrDefault(left.Shard)?.GivenTo is not null && !_leaving.Values.Any(other => other.Shard == left.Shard))
        {
            _services.Checkpoints.Tell(new CheckpointCommand.Flush(), Self);
        }
    }

    /// <summary>Everything told to the keeper before is on the disk.</summary>
    private void AnswerGiven()
    {
        foreach (var (shard, term) in _shards.Where(term => term.Value.GivenTo is not null && !_leaving.Values.Any(other => other.Shard == term.Key)).ToList())
        {
            _shards.Remove(shard);
            SupervisorLog.ShardGiven(_log, shard);
            term.GivenTo!.Tell(new ShardGiven(shard));
        }
    }

    private void OnDesksChanged()
    {
        _plans = SupervisorPlan.For(_services.Registry, _services.Options, _services.Peers.ShardOf);
        _planOf = _plans.ToDictionary(plan => plan.Target);
        Update();
        Watch();
    }

    private void Update()
    {
        var wanted = _plans.Where(plan => _shards.GetValueOrDefault(plan.Shard) is { IsReady: true, GivenTo: null }).ToDictionary(plan => plan.Target);
        foreach (var (target, current) in _supervisors.ToList())
        {
            var plan = wanted.GetValueOrDefault(target);
            if (plan?.Fingerprint == current.Fingerprint)
            {
                continue;
            }

            if (plan?.Update is { } update && (update is SupervisorCommand.SetMembers || plan.Path == current.Setup.Path))
            {
                current.Ref.Tell(update, Self);
                _supervisors[target] = current with { Fingerprint = plan.Fingerprint };
                continue;
            }

            Stop(current);
        }

        // Scopes first: strategies tell them.
        foreach (var plan in wanted.Values.Where(plan => !_supervisors.ContainsKey(plan.Target)).OrderByDescending(plan => plan.Target.Kind))
        {
            Add(plan);
        }

        Route();
    }

    private void Stop(Running running)
    {
        var target = running.Setup.Target;
        Context.Watch(running.Ref);
        Context.Stop(running.Ref);
        running.Setup.Inbox.Close();
        _leaving.Add(running.Ref, running);
        _supervisors.Remove(target);
        _services.Summaries.Remove(target);
        _handed.Add(target, running.Shard, LostCause(target), NowMs);
    }

    /// <summary>Tells ingest where targets are, and strategies where the scopes above them are.</summary>
    private void Route()
    {
        foreach (var (target, running) in _supervisors.Where(item => item.Key.Kind == TargetKind.Strategy).ToList())
        {
            var above = RoutesAbove(_planOf[target]);
            if (!above.SequenceEqual(running.Above))
            {
                running.Ref.Tell(new SupervisorCommand.SetAbove(above), Self);
                _supervisors[target] = running with { Above = above };
            }
        }

        _routing.Replace(
            [.. _plans.Where(plan => plan.Desk is not null).Select(plan => new SignalTarget(plan.Target, plan.Desk!.Id, plan.Shard, _supervisors.GetValueOrDefault(plan.Target)?.Setup.Inbox))],
            _services.Registry.Desks);
    }

    private List<ScopeRoute> RoutesAbove(SupervisorPlan plan) => [.. plan.Above.Select(above => _supervisors.TryGetValue(above, out var here)
        ? new ScopeRoute(above, here.Ref, IsHere: true)
        : new ScopeRoute(above, _services.Peers.HostOf(_planOf.GetValueOrDefault(above)?.Shard ?? plan.Shard), IsHere: false))];

    private void Add(SupervisorPlan plan)
    {
        ActorRef? reference = null;
        var inbox = new SignalInbox(SignalRouting.InboxCapacity, () => Volatile.Read(ref reference)?.Tell(SupervisorCommand.Drain.Instance));
        var term = _shards[plan.Shard];
        var above = RoutesAbove(plan);
        _checkpoints.Remove(plan.Target, out var checkpoint);
        var setup = new SupervisorSetup(plan.Target, plan.Desk, plan.Path, inbox, () => (_planOf.GetValueOrDefault(plan.Target) ?? plan).Monitor())
        {
            Scope = plan.Scope,
            Token = term.Token,
            Verdicts = term.Verdicts,
            Checkpoint = checkpoint,
            Above = above,
        };
        _handed.Remove(plan.Target);
        var created = Context.ActorOf(_props(setup), $"{plan.Target.Kind.ToWire()}-{plan.Target.Id}~{++_created}");
        Volatile.Write(ref reference, created);
        _supervisors.Add(plan.Target, new Running(setup, created, plan.Fingerprint, plan.Shard) { Above = above });
    }

    private void OnExhausted(ActorRef child, Exception reason)
    {
        foreach (var (target, item) in _supervisors.Where(item => ReferenceEquals(item.Value.Ref, child)).ToList())
        {
            item.Setup.Inbox.Close();
            foreach (var scope in TargetScopes.Of(target, item.Setup.Scope, item.Setup.Desk, _services))
            {
                _services.Board.Hold(scope, LostCause(target), TradingState.ReduceOnly, Context.System.TimeProvider.GetUtcNow(), $"the supervisor of {target} failed too often: {reason.Message}");
            }

            _services.Summaries.Put(new SupervisorSummary(
                target, item.Setup.Desk?.Id, item.Setup.Path, Verdict.Unknown, [new RuleReading("supervisor", RuleLevel.Unknown, double.NaN, double.NaN, 0, $"restarts used up: {reason.Message}")], null));
            _services.Escalations.Tell(new Escalation(target.ToString(), item.Setup.Path, "P1", null, $"supervisor lost: {reason.Message}; {target} held at REDUCE_ONLY"));
            SupervisorLog.SupervisorLost(_log, target.ToString(), reason);
        }
    }

    private static string LostCause(TargetId target) => $"supervisor-lost {target}";

    /// <summary>Ask a supervisor for its detail.</summary>
    internal sealed record InspectTarget(TargetId Target);

    internal sealed record NoSuchTarget;

    private sealed record Running(SupervisorSetup Setup, ActorRef Ref, string Fingerprint, string Shard)
    {
        public List<ScopeRoute> Above { get; init; } = [];
    }
}
