using System.Text.RegularExpressions;

namespace ActorOps.Ops.Access;

/// <summary>
/// What a person is called in every decision: an id of 2 to 64 small letters, digits or <c>. _ -</c> that begins with a letter or digit. The name that is shown is another field.
/// Journals from before ids hold free text, which is compared as the id that it would be.
/// </summary>
public static partial class PersonId
{
    /// <summary>What an id looks like, for a message.</summary>
    public const string Form = "2 to 64 small letters, digits or . _ -, beginning with a letter or digit";

    /// <summary>Whether a text is an id.</summary>
    public static bool IsValid(string? text) => text is not null && Valid().IsMatch(text);

    /// <summary>Trimmed, in small letters, with <c>-</c> for each run of spaces.</summary>
    public static string Normalise(string text) => Spaces().Replace(text.Trim().ToLowerInvariant(), "-");

    /// <summary>Whether two texts name one person.</summary>
    public static bool Same(string one, string other) => Normalise(one) == Normalise(other);

    /// <summary>An id to propose in place of a text; null when nothing of it can be kept.</summary>
    public static string? Suggest(string? text)
    {
        var id = Strange().Replace(Normalise(text ?? string.Empty), string.Empty).TrimStart('.', '_', '-');
        return IsValid(id = id.Length > 64 ? id[..64] : id) ? id : null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Valid();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex("[^a-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Strange();
}
