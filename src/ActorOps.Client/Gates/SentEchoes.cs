namespace ActorOps.Client.Gates;

/// <summary>The last echoes that this process has sent, and where the present session begins. Not safe for several threads: its owner has a lock.</summary>
internal sealed class SentEchoes
{
    /// <summary>More than a minute of them at the usual pace, and twice the life of a permit at the fastest.</summary>
    private const int Kept = 64;
    private readonly long[] _sent = new long[Kept];
    private int _next;
    private long _sessionFrom;

    /// <summary>The clock, for the next echo; no two are the same.</summary>
    public long Next()
    {
        var echo = Math.Max(BootClock.Now(), Latest + 1);
        _sent[_next] = echo;
        _next = (_next + 1) % Kept;
        return echo;
    }

    /// <summary>From here on only echoes that are yet to be sent are of this session.</summary>
    public void BeginSession() => _sessionFrom = Latest + 1;

    /// <summary>Whether this process has sent it.</summary>
    public bool Has(long echo) => echo > 0 && Array.IndexOf(_sent, echo) >= 0;

    /// <summary>Whether it was sent in this session.</summary>
    public bool IsOfSession(long echo) => echo >= _sessionFrom && Has(echo);

    private long Latest => _sent[(_next + Kept - 1) % Kept];
}
