using ActorOps.Client.Wording;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Makes texts from outside fit to keep and show. Never refuses: a trip must not fail on its reason.</summary>
public static class SafeText
{
    /// <summary>
    /// Replaces controls, line and paragraph separators and lone surrogates by spaces, takes out what is invisible or turns the direction of reading, and cuts to a
    /// length in text elements.
    /// </summary>
    public static string Clean(string? text, int length) => PlainText.Clean(text, length);
}
