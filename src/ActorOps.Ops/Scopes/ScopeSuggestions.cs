namespace ActorOps.Ops.Scopes;

/// <summary>Says whether a scope is known, and which known ones may have been meant. Names are compared case included; a wrong case is the nearest miss.</summary>
public static class ScopeSuggestions
{
    private const int MostSuggestions = 3;
    private const int OtherKind = 1;

    /// <summary>Null when the scope is known. The firm always is; a symbol is never unknown, only not seen.</summary>
    /// <param name="known">Every scope that a desk has or ever had.</param>
    /// <param name="asked">The scope that was asked for.</param>
    public static UnknownScope? For(IReadOnlySet<Scope> known, Scope asked) =>
        asked.Kind is "firm" or "symbol" || known.Contains(asked) ? null : new UnknownScope(asked.ToString(), Nearest(known, asked.ToString()));

    /// <summary>Known scopes near a text, which need not be a scope itself: nearest first, at most 3.</summary>
    /// <param name="known">Every scope that a desk has or ever had.</param>
    /// <param name="text">What was typed.</param>
    public static IReadOnlyList<Scope> Nearest(IEnumerable<Scope> known, string text)
    {
        var (kind, id) = Split(text);
        return
        [
            .. known.Append(Scope.Firm)
                .Select(scope => (Scope: scope, Distance: Distance(scope, kind, id)))
                .Where(near => near.Distance <= Farthest(id))
                .OrderBy(near => near.Distance).ThenBy(near => near.Scope.ToString(), StringComparer.Ordinal)
                .Take(MostSuggestions)
                .Select(near => near.Scope),
        ];
    }

    /// <summary>How many letters of a name may be wrong: one of three, and one of a short name.</summary>
    private static int Farthest(string id) => Math.Clamp(id.Length / 3, 1, 4);

    private static (string? Kind, string Id) Split(string text)
    {
        var cut = text.Length > 200 ? text[..200] : text;
        var slash = cut.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (null, Fold(cut)) : (Fold(cut[..slash]), Fold(cut[(slash + 1)..]));
    }

    private static int Distance(Scope scope, string? kind, string id) =>
        EditDistance.Between(Fold(scope.Id ?? scope.Kind), id) + (kind is null || kind == scope.Kind || EditDistance.Between(kind, scope.Kind) == 1 ? 0 : OtherKind);

    private static string Fold(string text) => text.Trim().ToUpperInvariant().ToLowerInvariant();
}
