namespace ActorOps.Ops.KillSwitches;

/// <summary>Makes texts from outside fit to keep and show. Never refuses: a trip must not fail on its reason.</summary>
public static class SafeText
{
    /// <summary>Replaces control characters and lone surrogates by spaces and cuts to a length.</summary>
    public static string Clean(string? text, int length)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var cut = text.Length > length ? text[..length] : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = source[i];
                var lone = char.IsHighSurrogate(c) ? i + 1 >= source.Length || !char.IsLowSurrogate(source[i + 1])
                    : char.IsLowSurrogate(c) && (i == 0 || !char.IsHighSurrogate(source[i - 1]));
                span[i] = char.IsControl(c) || lone ? ' ' : c;
            }
        });
    }
}
