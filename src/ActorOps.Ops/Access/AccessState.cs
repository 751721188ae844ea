using System.Collections.Immutable;

namespace ActorOps.Ops.Access;

/// <summary>Fold of the access events.</summary>
internal sealed record AccessState(ImmutableDictionary<string, Principal> Principals)
{
    public static AccessState Empty { get; } = new(ImmutableDictionary<string, Principal>.Empty);

    public static AccessState Apply(AccessState state, AccessEvent e) => e switch
    {
        AccessEvent.PrincipalAdded added => new AccessState(state.Principals.SetItem(added.Principal.Name, added.Principal)),
        AccessEvent.PrincipalRevoked revoked => new AccessState(state.Principals.Remove(revoked.Name)),
        AccessEvent.CodeEnrolled enrolled => state.Principals.TryGetValue(enrolled.Name, out var principal)
            ? new AccessState(state.Principals.SetItem(enrolled.Name, principal with { CodeSecret = enrolled.SealedSecret, ChangedAt = enrolled.At }))
            : state,
        AccessEvent.AttemptDenied => state,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
