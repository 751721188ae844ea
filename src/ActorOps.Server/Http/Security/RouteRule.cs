using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Security;

/// <summary>A row of the table of routes.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Pattern of the route, exactly as it is mapped.</param>
/// <param name="Roles">Roles that may use it; one of them is enough.</param>
internal sealed record RouteRule(string Method, string Pattern, IReadOnlyList<Role> Roles)
{
    /// <summary>How it asks who is there.</summary>
    public RouteDoor Door { get; init; }

    /// <summary>What narrows it further, in a few words for the reference.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>Whether a principal has one of the roles.</summary>
    public bool Allows(Principal principal) => principal.Roles.Any(Roles.Contains);

    /// <summary>The roles as a message names them.</summary>
    public string Needs => string.Join(", ", Roles.Select(role => role.ToWire()));
}
