namespace ActorOps.Ops.Access;

/// <summary>Access in words.</summary>
internal static class AccessText
{
    /// <summary>What a principal gets, for the person who is asked to agree.</summary>
    public static string Of(Principal principal) =>
        $"{principal.Name} of {principal.Person}{(principal.DisplayName is { } name ? $" ({name})" : string.Empty)} gets the roles {string.Join(", ", principal.Roles.Select(role => role.ToWire()))}{(principal.ExpiresAt is { } end ? $" until {end:u}" : string.Empty)}";
}
