using System.Collections.Immutable;

namespace ActorOps.Ops.Access;

/// <summary>Fold of the access events: who may come in, and which of the latest changes of nodes are recorded.</summary>
internal sealed record AccessState(ImmutableDictionary<string, Principal> Principals, ImmutableList<Guid> NodeChanges)
{
    private const int NodeChangesKept = 100;

    public static AccessState Empty { get; } = new(ImmutableDictionary<string, Principal>.Empty, []);

    /// <summary>Persons that have ever had the role risk or admin. Once there are two, nobody grants these roles alone.</summary>
    public ImmutableHashSet<string> Keepers { get; init; } = [];

    /// <summary>Names that were revoked.</summary>
    public ImmutableHashSet<string> Revoked { get; init; } = [];

    /// <summary>Changes whose principal has been added.</summary>
    public ImmutableHashSet<Guid> Applied { get; init; } = [];

    /// <summary>A principal that counts now; null when there is none of this name.</summary>
    public Principal? Living(string name, DateTimeOffset now) => Principals.TryGetValue(name, out var principal) && principal.IsLiving(now) ? principal : null;

    /// <summary>Whether what a principal said at a moment still counts: it was neither revoked nor replaced since then, and has not expired. The node itself was never added and holds.</summary>
    public bool Holds(string name, DateTimeOffset at, DateTimeOffset now) =>
        Principals.TryGetValue(name, out var principal) ? principal.IsLiving(now) && principal.AddedAt <= at : !Revoked.Contains(name);

    public static AccessState Apply(AccessState state, AccessEvent e) => e switch
    {
        AccessEvent.PrincipalAdded added => Add(state, added),
        AccessEvent.PrincipalRevoked revoked => state with { Principals = state.Principals.Remove(revoked.Name), Revoked = state.Revoked.Add(revoked.Name) },
        AccessEvent.CodeEnrolled enrolled => state.Principals.TryGetValue(enrolled.Name, out var principal)
            ? state with { Principals = state.Principals.SetItem(enrolled.Name, principal with { CodeSecret = enrolled.SealedSecret, ChangedAt = enrolled.At }) }
            : state,
        AccessEvent.NodeChanged changed => state with { NodeChanges = (state.NodeChanges.Count < NodeChangesKept ? state.NodeChanges : state.NodeChanges.RemoveAt(0)).Add(changed.Id) },
        AccessEvent.AttemptDenied => state,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private static AccessState Add(AccessState state, AccessEvent.PrincipalAdded added)
    {
        var person = PersonId.Normalise(added.Principal.Person);
        var principal = added.Principal with
        {
            Person = person,
            DisplayName = added.Principal.DisplayName ?? (person == added.Principal.Person ? null : added.Principal.Person.Trim()),
            AddedAt = added.Principal.ChangedAt,
            GrantedBy = state.Principals.TryGetValue(added.By, out var by) ? by.Person : PersonId.Normalise(added.By),
            ApprovedBy = added.ApprovedBy,
            IsFirstOther = added.IsRecovery || (added.ApprovedBy is null && state.Keepers.Count < 2),
        };
        return state with
        {
            Principals = state.Principals.SetItem(principal.Name, principal),
            Keepers = principal.IsKeeper ? state.Keepers.Add(person) : state.Keepers,
            Applied = added.ChangeId is { } change ? state.Applied.Add(change) : state.Applied,
        };
    }
}
