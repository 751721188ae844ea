namespace ActorOps.Ops.Signals;

/// <summary>
/// Numbers of signal sessions: <c>ActorOps-Sequence</c> is the number of a batch's first line. What was counted before is skipped, what is
/// missing is a gap. Bounded: the sessions least recently used are forgotten.
/// </summary>
public sealed class SignalSessions(int capacity = 10_000)
{
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _clock;

    /// <summary>Begins a batch: how many of its first lines are repeats, and how many lines before it are missing.</summary>
    public (long Repeated, long Missing) Begin(string session, long firstLine)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session, out var entry))
            {
                Trim();
                _sessions.Add(session, entry = new Entry { Next = firstLine });
            }

            entry.UsedAt = ++_clock;
            return (Math.Max(0, entry.Next - firstLine), Math.Max(0, firstLine - entry.Next));
        }
    }

    /// <summary>Ends a batch after the line with this number; the next one begins there.</summary>
    public void End(string session, long nextLine)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(session, out var entry))
            {
                entry.Next = Math.Max(entry.Next, nextLine);
            }
        }
    }

    private void Trim()
    {
        if (_sessions.Count >= capacity)
        {
            _sessions.Remove(_sessions.MinBy(session => session.Value.UsedAt).Key);
        }
    }

    private sealed class Entry
    {
        public long Next { get; set; }

        public long UsedAt { get; set; }
    }
}
