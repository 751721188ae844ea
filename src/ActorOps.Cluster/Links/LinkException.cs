namespace ActorOps.Cluster.Links;

/// <summary>The other node has refused a call, or was not reached.</summary>
public sealed class LinkException(string code, string why, Exception? inner = null) : IOException(why, inner)
{
    /// <summary>
    /// unreachable: nothing was sent. no-answer: it may have been done. unknown-kind, unreadable, unknown-recipient, not-here, full, forbidden: the other
    /// node did nothing.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>True when it is certain that the other node has not acted.</summary>
    public bool IsUndone => Code != "no-answer";
}
