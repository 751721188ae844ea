using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Scheduling;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Actors;

/// <summary>One actor at run time: its instance, its children, who watches it. Touched only by the thread that runs its mailbox.</summary>
internal sealed partial class ActorCell : ActorContext
{
    private readonly Props _props;
    private readonly LocalActorRef _self;
    private readonly ActorCell? _parent;
    private Actor? _actor;
    private ActorTimers? _timers;
    private Children? _children;
    private DeathWatch? _deathWatch;
    private SupervisionLedger? _ledger;
    private ActorRef _sender = ActorRef.NoSender;
    private volatile CellState _state = CellState.Starting;
    private int _restarts;
    private (Exception Reason, object? Message) _failure;

    public ActorCell(ActorSystem system, Props props, ActorCell? parent, ActorPath path)
    {
        System = system;
        _props = props;
        _parent = parent;
        _self = new LocalActorRef(this, path);
        Mailbox = new Mailbox(this, props.Mailbox);
        StartedTimestamp = system.TimeProvider.GetTimestamp();
    }

    public override ActorSystem System { get; }

    public override ActorRef Self => _self;

    public override ActorRef Sender => _sender;

    public override ActorRef Parent => _parent?.Self ?? ActorRef.NoSender;

    public override ActorTimers Timers => _timers ??= new ActorTimers(System.TimeProvider, _self);

    public override int Restarts => _restarts;

    public Mailbox Mailbox { get; }

    public CellState State => _state;

    public long StartedTimestamp { get; }

    public string ActorTypeName => _props.ActorType.Name;

    public Exception? LastFailure => _failure.Reason;

    public IReadOnlyList<LocalActorRef> ChildrenSnapshot => _children?.Snapshot() ?? [];

    /// <summary>A stopped cell accepts too, and lets what it gets become dead letters.</summary>
    public bool AcceptsUserMessages => _state is CellState.Running or CellState.Stopped;

    private bool Stopping => _state is CellState.Stopping or CellState.Stopped;

    public void Start() => _self.SendSystem(new SystemMessage.Start());

    public override ActorRef ActorOf(Props props, string? name = null)
    {
        if (Stopping)
        {
            throw new InvalidOperationException($"{_self} is stopping and can have no new child.");
        }

        return (_children ??= new Children()).Add(System, props, this, name);
    }

    public override ActorRef? Child(string name) => _children?.Find(name);

    public override void Watch(ActorRef target) => (_deathWatch ??= new DeathWatch(_self)).Watch(target);

    public override void Unwatch(ActorRef target) => _deathWatch?.Unwatch(target);

    public override void Stop(ActorRef target) => target.SendSystem(new SystemMessage.Stop());

    public override void StopChildren()
    {
        foreach (var child in _children?.MarkStopping() ?? [])
        {
            child.SendSystem(new SystemMessage.Stop());
        }
    }

    public ValueTask HandleUser(Envelope envelope)
    {
        if (_state == CellState.Stopped)
        {
            System.DeadLetters.Record(new Events.DeadLetter(envelope.Message, envelope.Sender, _self, "stopped"));
            return default;
        }

        var message = envelope.Message;
        switch (message)
        {
            case PoisonPill:
                return Terminate();
            case Terminated terminated when _deathWatch?.Take(terminated.Actor) != true:
                return default;
            case ActorTimers.Fired fired:
                if (_timers?.Take(fired) != true)
                {
                    return default;
                }

                message = fired.Message;
                break;
        }

        _sender = envelope.Sender;
        return Invoke(message);
    }

    private ValueTask Invoke(object message)
    {
        try
        {
            var handling = _actor!.Receive(message);
            return handling.IsCompletedSuccessfully ? default : Guard(handling, message);
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            return Fail(reason, message);
        }
    }

    private async ValueTask Guard(ValueTask handling, object? message)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // every exception of an actor is its parent's to decide on
        catch (Exception reason)
#pragma warning restore CA1031
        {
            await Fail(reason, message).ConfigureAwait(false);
        }
    }

    private void TellChildren(SystemMessage message)
    {
        foreach (var child in ChildrenSnapshot)
        {
            child.SendSystem(message);
        }
    }
}
