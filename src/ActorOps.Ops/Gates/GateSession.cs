using System.Threading.Channels;

namespace ActorOps.Ops.Gates;

/// <summary>One desk's connection. Events wait in a short queue; a reader that lets it overflow is cut off and must come again.</summary>
public sealed class GateSession
{
    private const int Longest = 1000;
    private readonly Channel<GateEvent> _events = Channel.CreateBounded<GateEvent>(new BoundedChannelOptions(Longest) { SingleReader = true });
    private readonly Dictionary<Guid, long> _sentAt = [];
    private readonly EchoClock _echoes = new();

    internal GateSession(string id, string desk, IReadOnlyList<Guid> knownTrips, long nowMs) => (Id, Desk, KnownTrips, LastSeenMs, OpenedMs) = (id, desk, knownTrips, nowMs, nowMs);

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its desk.</summary>
    public string Desk { get; }

    /// <summary>Events to send, in order; ends when the session does.</summary>
    public ChannelReader<GateEvent> Events => _events.Reader;

    /// <summary>Boot-time clock of its beginning, ms.</summary>
    public long OpenedMs { get; }

    /// <summary>Boot-time clock of its last permit, ms; null before the first.</summary>
    public long? LastPermitMs { get; internal set; }

    internal IReadOnlyList<Guid> KnownTrips { get; }

    /// <summary>The desk's clock as it last said, ns; null before the first.</summary>
    internal long? Echo => _echoes.Latest;

    internal long LastSeenMs { get; set; }

    internal bool Attached { get; set; }

    internal Lock Telling { get; } = new();

    /// <summary>What was last sent to it on a change.</summary>
    internal GateStates? Told { get; set; }

    /// <summary>Takes the desk's clock. False when it does not continue what the desk has said before.</summary>
    internal bool TakeEcho(long echo, long nowMs)
    {
        lock (_echoes)
        {
            if (!_echoes.TryTake(echo, nowMs))
            {
                return false;
            }

            LastSeenMs = nowMs;
            return true;
        }
    }

    internal void Send(GateEvent e)
    {
        if (!_events.Writer.TryWrite(e))
        {
            Close();
        }
    }

    internal void Close() => _events.Writer.TryComplete();

    /// <summary>True when a control event is due: never sent, or sent too long ago.</summary>
    internal bool IsDue(Guid control, long nowMs, double resendMs)
    {
        lock (_sentAt)
        {
            if (_sentAt.TryGetValue(control, out var sent) && nowMs - sent < resendMs)
            {
                return false;
            }

            _sentAt[control] = nowMs;
            return true;
        }
    }
}
