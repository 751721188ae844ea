using System.Collections.Immutable;

namespace ActorOps.Ops.Escalations;

/// <summary>The newest hundred of a region, newest last.</summary>
internal sealed record RecentEscalations(ImmutableList<EscalationEvent.Raised> Items)
{
    private const int Kept = 100;

    public static RecentEscalations None { get; } = new([]);

    public static RecentEscalations Apply(RecentEscalations state, EscalationEvent e) => e switch
    {
        EscalationEvent.Raised raised => new RecentEscalations((state.Items.Count >= Kept ? state.Items.RemoveAt(0) : state.Items).Add(raised)),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
