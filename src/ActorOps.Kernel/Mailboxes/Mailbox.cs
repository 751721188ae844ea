using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// The whole mailbox algorithm. One short lock guards what producers touch: the incoming lanes, the list of system messages and whether the
/// mailbox is busy. A producer adds its message and, when it finds the mailbox idle, makes it busy and schedules it. The thread that runs it
/// takes system messages first, then control messages, then what was unstashed, then user messages up to the throughput, and makes it idle
/// again in the same hold of the lock in which it has seen that nothing is left: no wake-up can get lost in between. It stays busy while a
/// message is being handled, also across awaits, so two messages of one actor never overlap. A stopped actor's mailbox keeps draining, into
/// the dead letters: a message told during the stop cannot get lost.
/// </summary>
/// <remarks>
/// The unbounded lane hands over whole chains of messages, so that the consumer takes the lock once a chain and not once a message. A lane
/// with a capacity is read message by message, since what waits must be counted exactly.
/// </remarks>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private readonly ActorCell _cell;
    private readonly MailboxOptions _options;
    private readonly BoundedLane? _bounded;
    private readonly Queue<Envelope>? _control;
    private readonly bool _isPlain;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private UnboundedLane _unbounded;
    private Queue<Envelope>? _unstashed;
    private SystemMessage? _systemFirst;
    private SystemMessage? _systemLast;
    private WaitProbe? _probe;
    private long _posted;
    private bool _busy;

    public Mailbox(ActorCell cell, MailboxOptions options)
    {
        (_cell, _options) = (cell, options);
        _bounded = options.Capacity is { } capacity ? new BoundedLane(capacity, options.Overflow) : null;
        _control = options.ControlLane ? new Queue<Envelope>() : null;
        _isPlain = _bounded is null && _control is null;
    }

    /// <summary>Waiting user messages, a moment's view.</summary>
    public long Depth => Math.Max(0, Volatile.Read(ref _posted) - _cell.Processed);

    /// <summary>How long the last sampled message waited; zero before the first sample.</summary>
    public TimeSpan LastWait => _probe?.Wait ?? TimeSpan.Zero;

    /// <summary>Adds a user message under the mailbox's own rules.</summary>
    public void Post(in Envelope envelope)
    {
        var refused = default(Envelope);
        bool wake;
        using (new SpinHold(ref _lock))
        {
            if (_isPlain)
            {
                _unbounded.Add_NeedsLock(envelope);
                _posted++;
            }
            else
            {
                AddSpecial_NeedsLock(envelope, out refused);
            }

            wake = WakesUp_NeedsLock();
        }

        if (wake)
        {
            Schedule();
        }

        if (refused.Message is not null)
        {
            Overflow(refused);
        }
    }

    /// <summary>Adds a user message, after waiting for room where the mailbox is one that makes its senders wait.</summary>
    public ValueTask PostAsync(in Envelope envelope, CancellationToken cancellation)
    {
        if (_bounded is { Overflow: OverflowPolicy.Backpressure } && !envelope.IsPromised && !(_control is not null && envelope.Message is IControlMessage))
        {
            PendingTell? pending;
            bool wake;
            using (new SpinHold(ref _lock))
            {
                _posted += _bounded.AddOrWait_NeedsLock(envelope, out pending);
                wake = WakesUp_NeedsLock();
            }

            if (wake)
            {
                Schedule();
            }

            return pending?.WaitAsync(cancellation) ?? default;
        }

        Post(envelope);
        return default;
    }

    public void PostSystem(SystemMessage message)
    {
        bool wake;
        using (new SpinHold(ref _lock))
        {
            if (_systemLast is null)
            {
                Volatile.Write(ref _systemFirst, message);
            }
            else
            {
                _systemLast.Next = message;
            }

            _systemLast = message;
            _cell.Interrupted = true;
            wake = !_busy;
            _busy = true;
        }

        if (wake)
        {
            Schedule();
        }
    }

    /// <summary>Puts messages in front of everything that waits. Consumer only.</summary>
    public void Prepend(IReadOnlyCollection<Envelope> envelopes)
    {
        _unstashed = new Queue<Envelope>(envelopes.Concat(_unstashed ?? []));
        _cell.Processed -= envelopes.Count;
        _cell.Interrupted = true;
    }

    /// <summary>Runs on a thread of the dispatcher. Ends when nothing is left, when the throughput is used up, or at an await.</summary>
    public void Execute()
    {
        var budget = _options.Throughput;
        while (true)
        {
            ValueTask handling;
            if (Volatile.Read(ref _systemFirst) is not null)
            {
                handling = _cell.HandleSystem(TakeSystem());
            }
            else if (_cell.AcceptsUserMessages && TryTakeSpecial(out var envelope))
            {
                budget--;
                handling = _cell.HandleUser(envelope);
            }
            else if (_cell.AcceptsUserMessages && _isPlain && _unbounded.HasReadable)
            {
                handling = RunOn(ref budget);
            }
            else if (TryGoOn())
            {
                continue;
            }
            else
            {
                return;
            }

            if (!handling.IsCompletedSuccessfully)
            {
                ScheduleAfter(handling);
                return;
            }

            if (budget <= 0)
            {
                Schedule();
                return;
            }
        }
    }

    /// <summary>
    /// The fast lane: message after message of the chunk in hand, without a look at anything that senders write to, until something else may
    /// be due. The flag is taken down before the second look at the system messages, so that one which comes now is either seen or raises it.
    /// </summary>
    private ValueTask RunOn(ref int budget)
    {
        var cell = _cell;
        if (cell.Interrupted)
        {
            cell.Interrupted = false;
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _systemFirst) is not null)
            {
                return default;
            }
        }

        var reader = _unbounded.Read(budget);
        var handling = default(ValueTask);
        while (reader.TryRead(out var envelope))
        {
            budget--;
            cell.Processed++;
            handling = cell.HandleUser(envelope);
            if (cell.Interrupted || !handling.IsCompletedSuccessfully)
            {
                break;
            }
        }

        _unbounded.Keep(reader);
        _probe?.OnTaken(cell.Processed, cell.System.TimeProvider);
        return handling;
    }

    /// <summary>Cells turn failures into system messages: what they return never throws.</summary>
    private async void ScheduleAfter(ValueTask handling)
    {
        await handling;
        Schedule();
    }

    /// <summary>The exact lane, message by message: control messages, unstashed ones, and mailboxes with a capacity.</summary>
    private bool TryTakeSpecial(out Envelope envelope)
    {
        envelope = default;
        if (_isPlain && _unstashed is not { Count: > 0 })
        {
            return false;
        }

        PendingTell? admitted = null;
        bool taken;
        using (new SpinHold(ref _lock))
        {
            taken = TryDequeue(_control, out envelope) || TryDequeue(_unstashed, out envelope) ||
                (_bounded is null ? _unbounded.TryRead(out envelope) : _bounded.TryTake_NeedsLock(out envelope, out admitted));
            _posted += admitted is null ? 0 : 1;
        }

        admitted?.Complete();
        if (taken)
        {
            _cell.Processed++;
            _probe?.OnTaken(_cell.Processed, _cell.System.TimeProvider);
        }

        return taken;
    }

    private static bool TryDequeue(Queue<Envelope>? queue, out Envelope envelope)
    {
        envelope = default;
        return queue is not null && queue.TryDequeue(out envelope);
    }

    private SystemMessage TakeSystem()
    {
        using (new SpinHold(ref _lock))
        {
            var message = _systemFirst!;
            Volatile.Write(ref _systemFirst, message.Next);
            if (message.Next is null)
            {
                _systemLast = null;
            }

            message.Next = null;
            return message;
        }
    }

    /// <summary>Fetches what has come in meanwhile; goes idle, and says false, when there is nothing.</summary>
    private bool TryGoOn()
    {
        using (new SpinHold(ref _lock))
        {
            if (_systemFirst is not null || (_cell.AcceptsUserMessages && HasUserMessages_NeedsLock()))
            {
                return true;
            }

            _cell.ForgetMessage();
            return _busy = false;
        }
    }

    private void AddSpecial_NeedsLock(in Envelope envelope, out Envelope refused)
    {
        refused = default;
        if (_control is not null && envelope.Message is IControlMessage)
        {
            _control.Enqueue(envelope);
            _posted++;
        }
        else if (_bounded is null)
        {
            _unbounded.Add_NeedsLock(envelope);
            _posted++;
        }
        else if (envelope.IsPromised)
        {
            _bounded.AddPromised_NeedsLock(envelope);
            _posted++;
        }
        else
        {
            _posted += _bounded.Add_NeedsLock(envelope, out refused);
        }
    }

    private bool HasUserMessages_NeedsLock() =>
        _unstashed is { Count: > 0 } || _control is { Count: > 0 } || (_bounded is null ? _unbounded.Advance_NeedsLock() : !_bounded.IsEmpty);

    /// <summary>A suspended actor's mailbox is left asleep: the directive that wakes the actor comes as a system message.</summary>
    private bool WakesUp_NeedsLock()
    {
        if (_busy || !_cell.AcceptsUserMessages)
        {
            return false;
        }

        return _busy = true;
    }

    private void Schedule()
    {
        if (_cell.System.CoarseTick is var tick and not 0 && _posted > _cell.Processed)
        {
            (_probe ??= new WaitProbe()).Start(tick, Volatile.Read(ref _posted), _cell.System.TimeProvider);
        }

        _cell.Dispatcher.Schedule(this);
    }

    private void Overflow(Envelope refused)
    {
        if (_options.Overflow == OverflowPolicy.Fail)
        {
            throw new MailboxFullException(_cell.Self.Path, _options.Capacity!.Value);
        }

        _cell.RecordUndelivered(refused, "mailbox full");
    }
}
