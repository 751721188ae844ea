using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Pages;

/// <summary>For whom the page is made, and what was just said or typed.</summary>
/// <param name="Principal">Who has logged in.</param>
/// <param name="Message">What was just done, in the node's words.</param>
internal sealed record PageView(Principal Principal, string? Message)
{
    /// <summary>Updates are paused: neither script nor reload.</summary>
    public bool IsStill { get; init; }

    /// <summary>What is in the kill form.</summary>
    public KillFields Kill { get; init; } = KillFields.Empty;

    /// <summary>What is in the form for nodes.</summary>
    public NodeFields Node { get; init; } = NodeFields.Empty;
}
