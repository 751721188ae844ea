using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Diagnostics;

/// <summary>One actor in a view of the live tree.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Type">Its class.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="MailboxDepth">Waiting messages, counted up to 1000.</param>
/// <param name="Restarts">Restarts since it was created.</param>
/// <param name="Age">Time since it was created.</param>
/// <param name="LastFailure">Message of its last exception, if any.</param>
/// <param name="Children">Its children, in no order.</param>
public sealed record ActorNode(
    string Path,
    string Type,
    CellState State,
    int MailboxDepth,
    int Restarts,
    TimeSpan Age,
    string? LastFailure,
    IReadOnlyList<ActorNode> Children)
{
    internal static ActorNode From(ActorCell cell) => new(
        cell.Self.Path.ToString(),
        cell.ActorTypeName,
        cell.State,
        cell.Mailbox.Depth,
        cell.Restarts,
        cell.System.TimeProvider.GetElapsedTime(cell.StartedTimestamp),
        cell.LastFailure?.Message,
        [.. cell.ChildrenSnapshot.Select(child => From(child.Cell))]);
}
