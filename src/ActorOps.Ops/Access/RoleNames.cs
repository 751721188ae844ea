using System.Diagnostics.CodeAnalysis;

namespace ActorOps.Ops.Access;

/// <summary>The one table of role names: a name is one role, and what is not in the table is not a role.</summary>
public static class RoleNames
{
    private static readonly (string Name, Role Role)[] Table =
    [
        ("auditor", Role.Auditor),
        ("operator", Role.Operator),
        ("admin", Role.Admin),
        ("engineering", Role.Engineering),
        ("risk", Role.Risk),
        ("desk", Role.Desk),
        ("alerts", Role.Alerts),
        ("break-glass", Role.BreakGlass),
    ];

    /// <summary>Names that a person can be given, for a message. Break-glass belongs to a node's own file and is never granted.</summary>
    public const string Grantable = "auditor, operator, admin, engineering, risk, desk or alerts";

    /// <summary>Every role, in the order in which they are shown.</summary>
    public static IReadOnlyList<Role> All { get; } = [.. Table.Select(row => row.Role)];

    /// <summary>The role that can be granted under this name. Names are in small letters; lists, numbers and spaces are refused.</summary>
    public static bool TryParseGrantable([NotNullWhen(true)] string? name, out Role role)
    {
        foreach (var row in Table)
        {
            if (row.Name == name && row.Role != Role.BreakGlass)
            {
                role = row.Role;
                return true;
            }
        }

        role = default;
        return false;
    }

    /// <summary>The name of a role.</summary>
    public static string ToWire(this Role role) => Table.First(row => row.Role == role).Name;
}
