using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Supervisors;

/// <summary>A strategy's P&amp;L for a scope above it, wherever that is supervised. Its age, and not its time: clocks of two nodes have nothing in common.</summary>
internal sealed record ContributeTo(TargetId Scope, string Strategy, long Day, double Cumulative, long AgeMs)
{
    public string Key => $"{Scope}|{Strategy}";
}
