using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Dispatching;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Scheduling;

namespace ActorOps.Kernel.Actors;

/// <summary>One actor at run time: what it may do. Touched only by the thread that runs its mailbox.</summary>
internal sealed partial class ActorCell : ActorContext
{
    private readonly Props _props;
    private readonly LocalActorRef _self;
    private readonly ActorCell? _parent;
    private readonly long _startedTimestamp;
    private Actor? _actor;
    private Children? _children;
    private CellAttachments? _attachments;
    private ActorRef _sender = ActorRef.NoSender;
    private object? _message;
    private volatile CellState _state;
    private volatile bool _acceptsUserMessages;
    private bool _plain;
    private bool _failed;
    private bool _begun;
    private bool _instanceEnded;
    private volatile bool _subscribed;
    private volatile bool _interrupted;
    private int _suspensions;
    private int _handlingTick;

    public ActorCell(ActorSystem system, Props props, ActorCell? parent, ActorPath path, int suspensions)
    {
        (System, _props, _parent, _suspensions) = (system, props, parent, suspensions);
        Mailbox = new Mailbox(this, props.Mailbox);
        _self = new LocalActorRef(this, path, Mailbox);
        _startedTimestamp = system.TimeProvider.GetTimestamp();
        if (parent is null)
        {
            // The only cell whose ActorOf is called by other threads.
            _children = new Children();
        }
    }

    public override ActorSystem System { get; }

    public override ActorRef Self => _self;

    public override ActorRef Sender => _sender;

    public override ActorRef Parent => _parent?.Self ?? ActorRef.NoSender;

    public override ActorTimers Timers => Attachments.Timers ??= new ActorTimers(System.TimeProvider, _self);

    public override int Restarts => _attachments?.Restarts ?? 0;

    public override IReadOnlyList<ActorRef> Children => _children?.Snapshot() ?? [];

    public Mailbox Mailbox { get; }

    public Dispatcher Dispatcher => _props.Dispatcher ?? System.DefaultDispatcher;

    public CellState State => _state == CellState.Running && _suspensions > 0 ? CellState.Suspended : _state;

    public TimeSpan Age => System.TimeProvider.GetElapsedTime(_startedTimestamp);

    public string ActorTypeName => _props.ActorType.Name;

    public Exception? LastFailure => _attachments?.LastFailure;

    public int Stashed => _attachments?.Stash?.Count ?? 0;

    /// <summary>How long the message in hand has been in hand, in steps of the coarse clock; zero without one.</summary>
    public TimeSpan Handling => _handlingTick is var tick and not 0 ? System.CoarseElapsed(tick) : TimeSpan.Zero;

    public IReadOnlyList<LocalActorRef> LocalChildren => _children?.Snapshot() ?? [];

    /// <summary>User messages taken from the mailbox. Kept here, where the running actor writes anyway, to keep senders' memory quiet.</summary>
    public long Processed { get; set; }

    /// <summary>Set from any thread when something else than the next user message may be due.</summary>
    public bool Interrupted
    {
        get => _interrupted;
        set => _interrupted = value;
    }

    /// <summary>A stopped cell accepts too, and lets what it gets become dead letters.</summary>
    public bool AcceptsUserMessages => _acceptsUserMessages;

    private CellAttachments Attachments => _attachments ??= new CellAttachments();

    private bool Stopping => _state is CellState.Stopping or CellState.Stopped;

    public void Start() => _self.SendSystem(new SystemMessage.Start());

    /// <summary>Called by the event stream, from any thread. False: the actor is gone.</summary>
    public bool TryNoteSubscription()
    {
        _subscribed = true;
        return _state != CellState.Stopped;
    }

    /// <summary>An idle actor keeps nothing of its last message alive.</summary>
    public void ForgetMessage() => (_sender, _message) = (ActorRef.NoSender, null);

    public override ActorRef ActorOf(Props props, string? name = null)
    {
        if (Stopping)
        {
            throw new InvalidOperationException($"{_self} is stopping and can have no new child.");
        }

        return (_children ??= new Children()).Add(System, props, this, _suspensions, name);
    }

    public override ActorRef? Child(string name) => _children?.Find(name);

    public override void Watch(ActorRef target) => (Attachments.DeathWatch ??= new DeathWatch(_self)).Watch(target);

    public override void Unwatch(ActorRef target) => _attachments?.DeathWatch?.Unwatch(target);

    public override void Stop(ActorRef target)
    {
        if (target is LocalActorRef local && local.Cell._parent == this)
        {
            _children?.MarkStopping(local);
        }

        target.SendSystem(new SystemMessage.Stop());
    }

    public override void StopChildren() => StopChildren(close: false);

    public override void Stash()
    {
        var message = _message ?? throw new InvalidOperationException($"{_self} has no message in hand to stash.");
        (Attachments.Stash ??= new Stash(_self.Path, _props.StashCapacity)).Add(new Envelope(Causality.Mark(message), _sender));
    }

    public override void Unstash() => Unstash(1);

    public override void UnstashAll() => Unstash(int.MaxValue);

    public override void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(timeout));
        }

        Attachments.ReceiveTimeout = timeout;
        ArmReceiveTimeout();
        SetState(_state);
    }

    public override void ReenterAfter<T>(Task<T> task, Func<Task<T>, ValueTask> then)
    {
        var continuation = new AutoReceivedMessage.Continuation(() => then(task), Restarts, _sender);
        var causality = Causality.Current;
        task.ContinueWith(
            _ => _self.TellPromised(causality is null ? continuation : new AutoReceivedMessage.Caused(continuation, causality), ActorRef.NoSender),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public override void StartTask(Func<CancellationToken, Task> work)
    {
        if (Stopping || _state == CellState.Restarting)
        {
            throw new InvalidOperationException($"{_self} is on its way out and can start nothing.");
        }

        (Attachments.Tasks ??= new OwnedTasks(_self)).Start(work);
    }

    private void StopChildren(bool close)
    {
        foreach (var child in _children?.MarkStopping(close) ?? [])
        {
            child.SendSystem(new SystemMessage.Stop());
        }
    }

    private void Unstash(int most)
    {
        if (_attachments?.Stash is { Count: > 0 } stash)
        {
            Mailbox.Prepend(stash.Take(most));
        }
    }

    private void ArmReceiveTimeout()
    {
        if (_attachments?.ReceiveTimeout is { } timeout && !Stopping)
        {
            Timers.StartSingle(ReceiveTimeout.Instance, ReceiveTimeout.Instance, timeout);
        }
        else
        {
            _attachments?.Timers?.Cancel(ReceiveTimeout.Instance);
        }
    }

    public void RecordUndelivered(in Envelope envelope, string reason)
    {
        if (envelope.Message is not AutoReceivedMessage special)
        {
            System.DeadLetters.Record(new DeadLetter(envelope.Message, envelope.Sender, _self, reason));
            return;
        }

        if (special.Payload is { } payload)
        {
            System.DeadLetters.Record(new DeadLetter(payload, envelope.Sender, _self, reason));
        }

        special.Undelivered();
    }
}
