using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Actors;

/// <summary>The cell's state machine: start, fail, restart, stop.</summary>
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
                    (_deathWatch ??= new DeathWatch(_self)).AddWatcher(watch.Watcher);
                }

                return default;
            case SystemMessage.Unwatch unwatch:
                _deathWatch?.RemoveWatcher(unwatch.Watcher);
                return default;
            case SystemMessage.WatchedStopped stopped:
                Mailbox.Post(new Envelope(new Terminated(stopped.Target), stopped.Target));
                return default;
            case SystemMessage.ChildStopped stopped:
                return OnChildStopped(stopped.Child);
            case SystemMessage.ChildFailed failed:
                return Stopping ? default : Supervise(failed);
        }

        return _state == CellState.Stopped ? default : HandleLifecycle(message);
    }

    private ValueTask HandleLifecycle(SystemMessage message)
    {
        switch (message)
        {
            case SystemMessage.Start:
                return Begin(null);
            case SystemMessage.Stop:
                return Stopping ? default : Terminate();
            case SystemMessage.Suspend when _state == CellState.Running:
                _state = CellState.Suspended;
                TellChildren(message);
                return default;
            case SystemMessage.Resume when _state == CellState.Suspended:
                _state = CellState.Running;
                TellChildren(message);
                return default;
            case SystemMessage.Restart restart when !Stopping && _state != CellState.Restarting:
                return Restart(restart);
            default:
                return default;
        }
    }

    /// <summary>Makes an instance and runs its PreStart, or its PostRestart when there is a reason.</summary>
    private async ValueTask Begin(Exception? restartReason)
    {
        try
        {
            _actor = _props.Factory();
            _actor.Context = this;
            _state = CellState.Running;
            if (restartReason is null)
            {
                await _actor.PreStart().ConfigureAwait(false);
            }
            else
            {
                await _actor.PostRestart(restartReason).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            await Fail(reason, null).ConfigureAwait(false);
        }
    }

    private ValueTask Fail(Exception reason, object? message)
    {
        if (Stopping)
        {
            KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
            return default;
        }

        _failure = (reason, message);
        _state = CellState.Suspended;
        TellChildren(new SystemMessage.Suspend());
        if (_parent is null)
        {
            System.Fail(reason);
        }
        else
        {
            _parent._self.SendSystem(new SystemMessage.ChildFailed(_self, reason, message));
        }

        return default;
    }

    private ValueTask Supervise(SystemMessage.ChildFailed failed)
    {
        var ledger = _ledger ??= new SupervisionLedger(System.TimeProvider);
        Decision decision;
        try
        {
            decision = ledger.Decide(_actor?.SupervisorStrategy ?? SupervisorStrategy.Default, failed.Child, failed.Reason);
        }
#pragma warning disable CA1031 // a supervisor that cannot decide has failed itself
        catch (Exception reason)
#pragma warning restore CA1031
        {
            return Fail(reason, failed.Message);
        }

        KernelLog.ChildFailed(System.Log, failed.Child.Path, decision.Directive, decision.Delay, failed.Reason);
        switch (decision.Directive)
        {
            case Directive.Resume:
                failed.Child.SendSystem(new SystemMessage.Resume());
                return default;
            case Directive.Restart:
                Delayed(failed.Child, new SystemMessage.Restart(failed.Reason, failed.Message), decision.Delay);
                return default;
            case Directive.Stop:
                failed.Child.SendSystem(new SystemMessage.Stop());
                return default;
            default:
                return Fail(failed.Reason, failed.Message);
        }
    }

    private void Delayed(LocalActorRef child, SystemMessage message, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            child.SendSystem(message);
            return;
        }

        ITimer? timer = null;
        timer = System.TimeProvider.CreateTimer(
            _ =>
            {
                child.SendSystem(message);
                timer?.Dispose();
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    private async ValueTask Restart(SystemMessage.Restart restart)
    {
        _state = CellState.Restarting;
        _timers?.CancelAll();
        try
        {
            if (_actor is not null)
            {
                await _actor.PreRestart(restart.Reason, restart.Message).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // the instance is on its way out: its last words are logged, the restart goes on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
        }

        _failure = (restart.Reason, restart.Message);
        if (_children is null or { HasStopping: false })
        {
            await FinishRestart().ConfigureAwait(false);
        }
    }

    private ValueTask FinishRestart()
    {
        _restarts++;
        TellChildren(new SystemMessage.Resume());
        return Begin(_failure.Reason);
    }

    private ValueTask Terminate()
    {
        _state = CellState.Stopping;
        _timers?.CancelAll();
        StopChildren();
        return _children is null or { Count: 0 } ? FinishStop() : default;
    }

    private ValueTask OnChildStopped(LocalActorRef child)
    {
        _children?.Remove(child);
        _ledger?.Forget(child);
        if (_state == CellState.Stopping && _children is { Count: 0 })
        {
            return FinishStop();
        }

        return _state == CellState.Restarting && _children is { HasStopping: false } ? FinishRestart() : default;
    }

    private async ValueTask FinishStop()
    {
        try
        {
            if (_actor is not null)
            {
                await _actor.PostStop().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // the actor is gone either way
        catch (Exception reason)
#pragma warning restore CA1031
        {
            KernelLog.FailedWhileStopping(System.Log, _self.Path, reason);
        }

        _state = CellState.Stopped;
        _actor = null;
        _deathWatch?.Announce();
        if (_parent is null)
        {
            System.OnRootStopped();
        }
        else
        {
            _parent._self.SendSystem(new SystemMessage.ChildStopped(_self));
        }
    }
}
