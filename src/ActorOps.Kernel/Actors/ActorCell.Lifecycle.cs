using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Actors;

/// <summary>The cell's state machine: start, fail, restart, stop.</summary>
/// <remarks>
/// Suspension is counted: one for the actor's own failure, one for each failed ancestor. The actor handles messages again when all are gone,
/// so a child that failed before its parent did stays suspended until its own directive comes.
/// </remarks>
internal sealed partial class ActorCell
{
    public ValueTask HandleSystem(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Watch watch:
                if (_state == CellState.Stopped)
                {
                    watch.Watcher.SendSystem(new SystemMessage.WatchedStopped(_self));
                }
                else
                {
                    (Attachments.DeathWatch ??= new DeathWatch(_self)).AddWatcher(watch.Watcher);
                }

                return default;
            case SystemMessage.Unwatch unwatch:
                _attachments?.DeathWatch?.RemoveWatcher(unwatch.Watcher);
                return default;
            case SystemMessage.WatchedStopped stopped:
                _self.TellPromised(new Terminated(stopped.Target), stopped.Target);
                return default;
            case SystemMessage.ChildStopped stopped:
                _children?.OnStopped(stopped.Child);
                _attachments?.Ledger?.Forget(stopped.Child);
                return TryFinish();
            case SystemMessage.TaskEnded ended:
                return OnTaskEnded(ended.Failure);
            case SystemMessage.ChildFailed failed when !Stopping:
                Supervise(failed);
                return default;
        }

        return Stopping ? default : HandleLifecycle(message);
    }

    private ValueTask HandleLifecycle(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Start:
                return Begin(null);
            case SystemMessage.Stop:
                return Terminate();
            case SystemMessage.Suspend:
                Suspend();
                return default;
            case SystemMessage.Unsuspend:
                Unsuspend();
                return default;
            case SystemMessage.Hold when !_failed:
                _failed = true;
                Suspend();
                return default;
            case SystemMessage.Resume when _failed && _state == CellState.Running:
                return Resume();
            case SystemMessage.Restart restart when _state != CellState.Restarting:
                return Restart(restart);
            default:
                return default;
        }
    }

    private void SetState(CellState state)
    {
        _state = state;
        _plain = state == CellState.Running && _attachments?.ReceiveTimeout is null;
        _interrupted = true;
        _acceptsUserMessages = state == CellState.Stopped || (state == CellState.Running && _suspensions == 0);
    }

    private void Suspend()
    {
        _suspensions++;
        SetState(_state);
        TellChildren(static () => new SystemMessage.Suspend());
    }

    private void Unsuspend()
    {
        _suspensions--;
        SetState(_state);
        TellChildren(static () => new SystemMessage.Unsuspend());
    }

    /// <summary>Makes an instance and runs its PreStart, or its PostRestart when there is a reason.</summary>
    private ValueTask Begin(Exception? restartReason)
    {
        try
        {
            (_actor, _begun) = (null, false);
            var actor = _props.Factory() ?? throw new InvalidOperationException($"The factory of {_self} made no actor.");
            actor.Attach(this);
            (_actor, _instanceEnded) = (actor, false);
            SetState(CellState.Running);
            var starting = restartReason is null ? actor.PreStart() : actor.PostRestart(restartReason);
            _begun = starting.IsCompletedSuccessfully;
            return _begun ? default : AwaitBegin(starting);
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            SetState(CellState.Running);
            Fail(reason, null);
            return default;
        }
    }

    private async ValueTask AwaitBegin(ValueTask starting)
    {
        await Guard(starting, null, 0);
        _begun = !_failed;
    }

    /// <summary>An actor whose start has failed has no state to go on with: for it, Resume is Restart.</summary>
    private ValueTask Resume()
    {
        if (!_begun)
        {
            return Restart(new SystemMessage.Restart(LastFailure!, null));
        }

        _failed = false;
        Unsuspend();
        foreach (var child in TakeUndecided())
        {
            child.SendSystem(new SystemMessage.Resume());
        }

        return default;
    }

    private List<LocalActorRef> TakeUndecided()
    {
        var undecided = _attachments?.Undecided ?? [];
        _attachments?.Undecided = null;
        return undecided;
    }

    /// <summary>Fails with a child's failure. The child waits for what the parent decides about this actor.</summary>
    private void Escalate(SystemMessage.ChildFailed failed, Exception reason)
    {
        (Attachments.Undecided ??= []).Add(failed.Child);
        Fail(reason, failed.Message);
    }

    private void Fail(Exception reason, object? message)
    {
        if (Stopping || _failed)
        {
            KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
            return;
        }

        Attachments.LastFailure = reason;
        _failed = true;
        Suspend();
        if (_parent is null)
        {
            System.Fail(reason);
        }
        else
        {
            _parent._self.SendSystem(new SystemMessage.ChildFailed(_self, reason, message));
        }
    }

    /// <summary>Carries out what the ledger decides. The child waits, suspended, until its directive arrives.</summary>
    private void Supervise(SystemMessage.ChildFailed failed)
    {
        var ledger = Attachments.Ledger ??= new SupervisionLedger(System.TimeProvider, System.RestartBudget);
        Decision decision;
        try
        {
            decision = ledger.Decide(_actor?.SupervisorStrategy ?? SupervisorStrategy.Default, failed.Child, failed.Reason);
        }
#pragma warning disable CA1031 // a supervisor that cannot decide has failed itself
        catch (Exception reason)
#pragma warning restore CA1031
        {
            Escalate(failed, reason);
            return;
        }

        if (decision.AlreadyUnderWay)
        {
            return;
        }

        KernelLog.ChildFailed(System.Log, failed.Child.Path, decision.Directive, decision.Delay, failed.Reason);
        switch (decision.Directive)
        {
            case Directive.Resume:
                failed.Child.SendSystem(new SystemMessage.Resume());
                break;
            case Directive.Restart:
                RestartAfter(ledger, decision, failed);
                break;
            case Directive.Stop when decision.Everyone:
                StopChildren();
                break;
            case Directive.Stop:
                Stop(failed.Child);
                break;
            default:
                Escalate(failed, failed.Reason);
                break;
        }
    }

    private void RestartAfter(SupervisionLedger ledger, Decision decision, SystemMessage.ChildFailed failed)
    {
        IReadOnlyList<LocalActorRef> targets = decision.Everyone ? LocalChildren : [failed.Child];
        if (decision.Delay <= TimeSpan.Zero)
        {
            Send();
            return;
        }

        foreach (var sibling in targets.Where(target => target != failed.Child))
        {
            sibling.SendSystem(new SystemMessage.Hold());
        }

        ledger.Postpone(failed.Child, decision, Send);

        void Send()
        {
            foreach (var target in targets)
            {
                target.SendSystem(new SystemMessage.Restart(failed.Reason, target == failed.Child ? failed.Message : null));
            }
        }
    }

    private async ValueTask Restart(SystemMessage.Restart restart)
    {
        SetState(CellState.Restarting);
        LetGo();
        Attachments.LastFailure = restart.Reason;
        await EndInstance(actor => actor.PreRestart(restart.Reason, restart.Message));
        await TryFinish();
    }

    private ValueTask Terminate()
    {
        SetState(CellState.Stopping);
        LetGo();
        StopChildren(close: true);
        return TryFinish();
    }

    /// <summary>What an instance has under way ends with it.</summary>
    private void LetGo()
    {
        if (_attachments is not null)
        {
            _attachments.Timers?.CancelAll();
            try
            {
                _attachments.Tasks?.Cancel();
            }
            catch (AggregateException reason)
            {
                // Callbacks of the token are a task's own code: what they throw must not keep the actor from ending.
                KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
            }

            _attachments.ReceiveTimeout = null;
            UnstashAll();
        }
    }

    private ValueTask OnTaskEnded(Exception? failure)
    {
        _attachments!.Tasks!.OnEnded();
        if (failure is not null && _state == CellState.Running)
        {
            Fail(failure, null);
        }

        return TryFinish();
    }

    /// <summary>Goes on with a restart or stop once nothing below is left to wait for.</summary>
    private ValueTask TryFinish()
    {
        if (_attachments?.Tasks is { Running: > 0 })
        {
            return default;
        }

        return _state switch
        {
            CellState.Stopping when _children is null or { Any: false } => FinishStop(),
            CellState.Restarting when _children is null or { HasStopping: false } => FinishRestart(),
            _ => default,
        };
    }

    private ValueTask FinishRestart()
    {
        Attachments.Restarts++;
        if (_failed)
        {
            _failed = false;
            Unsuspend();
        }

        // A child that was kept although its failure was escalated starts anew with its parent.
        foreach (var child in TakeUndecided())
        {
            child.SendSystem(new SystemMessage.Restart(LastFailure!, null));
        }

        return Begin(LastFailure);
    }

    private async ValueTask FinishStop()
    {
        await EndInstance(static actor => actor.PostStop());
        if (_subscribed)
        {
            System.EventStream.Unsubscribe(_self);
        }

        _actor = null;
        _parent?._children!.ReleaseName(_self);
        _attachments?.Ledger?.CancelAll();
        _attachments?.DeathWatch?.Announce();
        SetState(CellState.Stopped);
        if (_parent is null)
        {
            System.OnRootStopped();
        }
        else
        {
            _parent._self.SendSystem(new SystemMessage.ChildStopped(_self));
        }
    }

    /// <summary>The instance is on its way out: a failure of its last words is logged, and the restart or stop goes on.</summary>
    private async ValueTask EndInstance(Func<Actor, ValueTask> lastWords)
    {
        if (_actor is null || _instanceEnded)
        {
            return;
        }

        _instanceEnded = true;
        try
        {
            await lastWords(_actor);
        }
#pragma warning disable CA1031 // the instance is gone either way
        catch (Exception reason)
#pragma warning restore CA1031
        {
            KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
        }
    }

    private void TellChildren(Func<SystemMessage> message)
    {
        foreach (var child in LocalChildren)
        {
            child.SendSystem(message());
        }
    }
}
