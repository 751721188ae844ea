using System.Collections.Frozen;

namespace ActorOps.Ops.Access;

/// <summary>Names that nodes act under, or that would read as one in a log. No principal gets one: trips join by principal, and people read names.</summary>
public static class ReservedNames
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "actorops", "system", "supervisor", "recovery", "node", "file", "signal", "latch", "store", "store-failover", "rule", "alert", "api", "page", "socket", "kill-socket", "anonymous", "unknown", "nobody", "configuration", "break-glass", "firm");

    /// <summary>Whether a name is one of them, in whatever case.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
