namespace ActorOps.Ops.Signals;

/// <summary>
/// Numbers of signal sessions: <c>ActorOps-Sequence</c> is the number of a batch's first line. What was counted before is skipped, what is
/// missing is a gap, what another request is still reading is shared with it. Bounded: the sessions least recently used are forgotten.
/// </summary>
public sealed class SignalSessions(int capacity = 10_000)
{
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _clock;

    /// <summary>Begins a batch: what is to be counted of it, and how many lines before it are missing.</summary>
    public (SignalProgress Progress, long Missing) Begin(string session, long firstLine)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session, out var entry))
            {
                Trim();
                _sessions.Add(session, entry = new Entry { Next = firstLine });
            }

            entry.UsedAt = ++_clock;
            var missing = 0L;
            var progress = entry.Running.Find(running => running.Covers(firstLine));
            if (progress is null)
            {
                missing = Math.Max(0, firstLine - entry.Next);
                entry.Running.Add(progress = new SignalProgress(firstLine, Math.Max(firstLine, entry.Next)));
            }

            progress.Readers++;
            return (progress, missing);
        }
    }

    /// <summary>Ends a batch after the line with this number; the next one begins there.</summary>
    public void End(string session, SignalProgress progress, long nextLine)
    {
        lock (_lock)
        {
            progress.Readers--;
            if (_sessions.TryGetValue(session, out var entry))
            {
                entry.Next = Math.Max(entry.Next, nextLine);
                if (progress.Readers == 0)
                {
                    entry.Running.Remove(progress);
                }
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

        public List<SignalProgress> Running { get; } = [];
    }
}
