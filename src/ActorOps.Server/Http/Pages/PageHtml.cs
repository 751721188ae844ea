namespace ActorOps.Server.Http.Pages;

/// <summary>A page before its frame of head, style and script.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Body">HTML; every value in it is encoded.</param>
internal sealed record PageHtml(string Title, string Body)
{
    /// <summary>A script renews the live parts every 2 s and leaves forms alone.</summary>
    public bool IsLive { get; init; }

    /// <summary>Without scripts, the whole page loads again every 2 s: only where nothing can be typed.</summary>
    public bool Reloads { get; init; }

    /// <summary>For the script alone: title and body without style and script.</summary>
    public bool IsPart { get; init; }
}
