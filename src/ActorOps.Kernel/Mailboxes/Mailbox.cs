using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// The whole mailbox algorithm. Producers push and, when they find the mailbox idle, make it busy and schedule it; the thread that runs
/// it drains system messages first, then user messages up to the throughput, and makes it idle again. It is busy for as long as a
/// message is being handled, also across awaits, so two messages of one actor never overlap. A stopped actor's mailbox keeps draining,
/// into the dead letters: a message told during the stop cannot get lost in between.
/// </summary>
internal sealed class Mailbox(ActorCell cell, MailboxOptions options) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Busy = 1;

    private readonly MpscQueue<Envelope> _user = new();
    private readonly MpscQueue<SystemMessage> _system = new();
    private readonly int _capacity = options.Capacity ?? int.MaxValue;
    private readonly int _throughput = options.Throughput;
    private int _waiting;
    private int _status = Idle;

    /// <summary>Waiting user messages, counted up to a thousand for unbounded mailboxes.</summary>
    public int Depth => _user.Count(1000);

    public void Post(Envelope envelope)
    {
        if (_capacity != int.MaxValue && Interlocked.Increment(ref _waiting) > _capacity)
        {
            Interlocked.Decrement(ref _waiting);
            cell.System.DeadLetters.Record(new Events.DeadLetter(envelope.Message, envelope.Sender, cell.Self, "mailbox full"));
            return;
        }

        _user.Enqueue(envelope);
        Schedule();
    }

    public void PostSystem(SystemMessage message)
    {
        _system.Enqueue(message);
        Schedule();
    }

    public void Execute() => Run(_throughput);

    private void Schedule()
    {
        if (Volatile.Read(ref _status) == Idle && Interlocked.CompareExchange(ref _status, Busy, Idle) == Idle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void Run(int budget)
    {
        while (true)
        {
            ValueTask handling;
            if (_system.TryDequeue(out var system))
            {
                handling = cell.HandleSystem(system);
            }
            else if (budget > 0 && cell.AcceptsUserMessages && _user.TryDequeue(out var envelope))
            {
                budget--;
                if (_capacity != int.MaxValue)
                {
                    Interlocked.Decrement(ref _waiting);
                }

                handling = cell.HandleUser(envelope);
            }
            else
            {
                break;
            }

            if (!handling.IsCompletedSuccessfully)
            {
                Continue(handling, budget);
                return;
            }
        }

        Volatile.Write(ref _status, Idle);
        Interlocked.MemoryBarrier();
        if (_system.HasItems || (cell.AcceptsUserMessages && _user.HasItems))
        {
            Schedule();
        }
    }

    /// <summary>Cells turn failures into system messages: what they return never throws.</summary>
    private async void Continue(ValueTask handling, int budget)
    {
        await handling.ConfigureAwait(false);
        Run(budget);
    }
}
