using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>The current targets, for ingest.</summary>
internal sealed class SignalRouting
{
    /// <summary>Signals that wait for one supervisor before its senders are slowed.</summary>
    public const int InboxCapacity = 512;

    private volatile SignalTargets _current = SignalTargets.Empty;

    public SignalTargets Current => _current;

    public void Replace(IReadOnlyCollection<SignalTarget> targets, IEnumerable<Desk> desks) => _current = new SignalTargets(targets, desks);
}
