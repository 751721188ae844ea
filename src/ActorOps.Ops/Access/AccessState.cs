using System.Collections.Immutable;

namespace ActorOps.Ops.Access;

/// <summary>Fold of the access events: who may come in, and which of the latest changes of nodes are recorded.</summary>
internal sealed record AccessState(ImmutableDictionary<string, Principal> Principals, ImmutableList<Guid> NodeChanges)
{
    private const int NodeChangesKept = 100;

    public static AccessState Empty { get; } = new(ImmutableDictionary<string, Principal>.Empty, []);

    public static AccessState Apply(AccessState state, AccessEvent e) => e switch
    {
        AccessEvent.PrincipalAdded added => state with { Principals = state.Principals.SetItem(added.Principal.Name, added.Principal) },
        AccessEvent.PrincipalRevoked revoked => state with { Principals = state.Principals.Remove(revoked.Name) },
        AccessEvent.CodeEnrolled enrolled => state.Principals.TryGetValue(enrolled.Name, out var principal)
            ? state with { Principals = state.Principals.SetItem(enrolled.Name, principal with { CodeSecret = enrolled.SealedSecret, ChangedAt = enrolled.At }) }
            : state,
        AccessEvent.NodeChanged changed => state with { NodeChanges = (state.NodeChanges.Count < NodeChangesKept ? state.NodeChanges : state.NodeChanges.RemoveAt(0)).Add(changed.Id) },
        AccessEvent.AttemptDenied => state,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
