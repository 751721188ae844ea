using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Diagnostics;

/// <summary>One actor in a view of the live tree.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Type">Its class.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="MailboxDepth">Waiting messages.</param>
/// <param name="Stashed">Messages put aside.</param>
/// <param name="Processed">Messages taken from the mailbox since it was created.</param>
/// <param name="LastWait">How long the last sampled message waited in the mailbox; zero when samples are off.</param>
/// <param name="Handling">How long the message in hand has been in hand, in steps of a tenth of the slow-message threshold; zero without one.</param>
/// <param name="Restarts">Restarts since it was created.</param>
/// <param name="Age">Time since it was created.</param>
/// <param name="LastFailure">Message of its last exception, if any.</param>
/// <param name="Children">Its children, in no order.</param>
public sealed record ActorNode(
    string Path,
    string Type,
    CellState State,
    long MailboxDepth,
    int Stashed,
    long Processed,
    TimeSpan LastWait,
    TimeSpan Handling,
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
        cell.Stashed,
        cell.Processed,
        cell.Mailbox.LastWait,
        cell.Handling,
        cell.Restarts,
        cell.Age,
        cell.LastFailure?.Message,
        [.. cell.LocalChildren.Select(child => From(child.Cell))]);
}
