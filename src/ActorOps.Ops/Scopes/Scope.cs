namespace ActorOps.Ops.Scopes;

/// <summary>A part of the firm that trips and limits apply to: <c>firm</c>, <c>region/R</c>, <c>broker/B</c>, <c>account/A</c>, <c>strategy/S</c>, <c>symbol/X</c>.</summary>
public sealed record Scope
{
    private const int LongestId = 100;

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

    /// <summary>Reads a scope. An id is 1 to 100 letters, digits or <c>. _ : -</c>. False for anything else.</summary>
    public static bool TryParse(string? text, out Scope scope)
    {
        scope = Firm;
        if (text == "firm")
        {
            return true;
        }

        var slash = text?.IndexOf('/') ?? -1;
        if (slash <= 0 || !Kinds.Contains(text![..slash]) || !IsId(text.AsSpan(slash + 1)))
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

    /// <inheritdoc/>
    public override string ToString() => Id is null ? Kind : Kind + "/" + Id;
}
