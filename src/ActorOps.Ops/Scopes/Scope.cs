using System.Globalization;
using System.Text;

namespace ActorOps.Ops.Scopes;

/// <summary>A part of the firm that trips and limits apply to: <c>firm</c>, <c>region/R</c>, <c>broker/B</c>, <c>account/A</c>, <c>strategy/S</c>, <c>symbol/X</c>.</summary>
public sealed record Scope
{
    private const int LongestId = 100;
    private const int LongestSymbol = 64;

    /// <summary>What a scope may be, in words for a person who typed another text.</summary>
    public const string Forms = "firm, region/R, broker/B, account/A, strategy/S or symbol/X";

    private Scope(string kind, string? id) => (Kind, Id) = (kind, id);

    /// <summary>Everything.</summary>
    public static Scope Firm { get; } = new("firm", null);

    /// <summary>Kinds that carry an id, largest first.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["region", "broker", "account", "strategy", "symbol"];

    /// <summary><c>firm</c> or one of <see cref="Kinds"/>.</summary>
    public string Kind { get; }

    /// <summary>Null for the firm only.</summary>
    public string? Id { get; }

    /// <summary>A strategy's scope.</summary>
    public static Scope Strategy(string id) => new("strategy", id);

    /// <summary>A broker's scope.</summary>
    public static Scope Broker(string id) => new("broker", id);

    /// <summary>A scope of a kind that carries an id.</summary>
    public static Scope Of(string kind, string id) => new(kind, id);

    /// <summary>
    /// Reads a scope; the first slash ends its kind. An id is 1 to 100 letters, digits or <c>. _ : -</c>; a symbol is any text of 1 to 64 characters without
    /// control characters, such as <c>BTC/USDT</c> or <c>^GSPC</c>. False for anything else.
    /// </summary>
    public static bool TryParse(string? text, out Scope scope)
    {
        scope = Firm;
        if (text == "firm")
        {
            return true;
        }

        var slash = text?.IndexOf('/') ?? -1;
        if (slash <= 0 || !Kinds.Contains(text![..slash]) || !(text[..slash] == "symbol" ? IsSymbol(text[(slash + 1)..]) : IsId(text.AsSpan(slash + 1))))
        {
            return false;
        }

        scope = new Scope(text[..slash], text[(slash + 1)..]);
        return true;
    }

    /// <summary>True for 1 to 100 letters, digits or <c>. _ : -</c>.</summary>
    public static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return id.Length is > 0 and <= LongestId;
    }

    /// <summary>True for 1 to 64 characters of any script, none of them a control, an invisible mark or a lone surrogate; no space at either end.</summary>
    public static bool IsSymbol(string text) => text.Length is > 0 and <= 2 * LongestSymbol && new StringInfo(text).LengthInTextElements <= LongestSymbol
        && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && text.EnumerateRunes().All(IsVisible);

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);

    /// <inheritdoc/>
    public override string ToString() => Id is null ? Kind : Kind + "/" + Id;
}
