namespace ActorOps.Ops.Signals;

/// <summary>
/// Numbers of signal sessions: <c>ActorOps-Sequence</c> is the number of a batch's first line. What was counted before is skipped, what is
/// missing is a gap, what another request is still reading is shared with it. Bounded for each principal: its own session that was used least recently is forgotten
/// for a new one, never another's.
/// </summary>
public sealed class SignalSessions(int capacityPerPrincipal = 100)
{
    private readonly Dictionary<string, Dictionary<string, Entry>> _principals = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _clock;

    /// <summary>Sessions that are known now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _principals.Values.Sum(sessions => sessions.Count);
            }
        }
    }

    /// <summary>Begins a batch of a session, which is named "principal/name": what is to be counted of it, and how many lines before it are missing.</summary>
    public (SignalProgress Progress, long Missing) Begin(string session, long firstLine)
    {
        lock (_lock)
        {
            var sessions = SessionsOf(session);
            if (!sessions.TryGetValue(session, out var entry))
            {
                if (sessions.Count >= capacityPerPrincipal)
                {
                    sessions.Remove(sessions.MinBy(other => other.Value.UsedAt).Key);
                }

                sessions.Add(session, entry = new Entry { Next = firstLine });
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
            if (SessionsOf(session).TryGetValue(session, out var entry))
            {
                entry.Next = Math.Max(entry.Next, nextLine);
                if (progress.Readers == 0)
                {
                    entry.Running.Remove(progress);
                }
            }
        }
    }

    /// <summary>Those of the session's principal, whose name has no '/'.</summary>
    private Dictionary<string, Entry> SessionsOf(string session)
    {
        var principal = session.Split('/', 2)[0];
        if (!_principals.TryGetValue(principal, out var sessions))
        {
            _principals[principal] = sessions = new Dictionary<string, Entry>(StringComparer.Ordinal);
        }

        return sessions;
    }

    private sealed class Entry
    {
        public long Next { get; set; }

        public long UsedAt { get; set; }

        public List<SignalProgress> Running { get; } = [];
    }
}
