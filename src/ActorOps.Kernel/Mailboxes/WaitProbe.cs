namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// Samples how long messages wait: now and then, when the mailbox is scheduled, it remembers the youngest message that waits and the time,
/// and looks again when that message is taken. Its two ends never run at once: the one that schedules hands over to the one that takes.
/// </summary>
internal sealed class WaitProbe
{
    private int _tick;
    private long _position;
    private long _started;
    private long _waitTicks;

    public TimeSpan Wait => TimeSpan.FromTicks(Volatile.Read(ref _waitTicks));

    /// <summary>Begins a sample unless one is under way or this tick of the coarse clock has had its own.</summary>
    public void Start(int tick, long position, TimeProvider time)
    {
        if (_position == 0 && _tick != tick)
        {
            (_tick, _position, _started) = (tick, position, time.GetTimestamp());
        }
    }

    public void OnTaken(long taken, TimeProvider time)
    {
        if (_position != 0 && taken >= _position)
        {
            _position = 0;
            Volatile.Write(ref _waitTicks, time.GetElapsedTime(_started).Ticks);
        }
    }
}
