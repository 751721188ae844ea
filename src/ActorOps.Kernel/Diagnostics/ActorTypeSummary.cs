using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Diagnostics;

/// <summary>All actors of one class, summed: what a metric can show of a hundred thousand actors.</summary>
/// <param name="Type">The class.</param>
/// <param name="Actors">How many live.</param>
/// <param name="MailboxDepth">Waiting messages of all.</param>
/// <param name="DeepestMailbox">Waiting messages of the one that has most.</param>
/// <param name="LongestWait">Longest last sampled wait in a mailbox.</param>
/// <param name="Processed">Messages taken by those that live.</param>
/// <param name="Restarts">Restarts of those that live.</param>
public sealed record ActorTypeSummary(string Type, int Actors, long MailboxDepth, long DeepestMailbox, TimeSpan LongestWait, long Processed, long Restarts)
{
    internal static IReadOnlyList<ActorTypeSummary> Of(ActorCell root)
    {
        var sums = new Dictionary<string, ActorTypeSummary>();
        Add(root, sums);
        return [.. sums.Values.OrderBy(sum => sum.Type, StringComparer.Ordinal)];
    }

    private static void Add(ActorCell cell, Dictionary<string, ActorTypeSummary> sums)
    {
        var sum = sums.GetValueOrDefault(cell.ActorTypeName) ?? new ActorTypeSummary(cell.ActorTypeName, 0, 0, 0, TimeSpan.Zero, 0, 0);
        var (depth, wait) = (cell.Mailbox.Depth, cell.Mailbox.LastWait);
        sums[cell.ActorTypeName] = sum with
        {
            Actors = sum.Actors + 1,
            MailboxDepth = sum.MailboxDepth + depth,
            DeepestMailbox = Math.Max(sum.DeepestMailbox, depth),
            LongestWait = wait > sum.LongestWait ? wait : sum.LongestWait,
            Processed = sum.Processed + cell.Processed,
            Restarts = sum.Restarts + cell.Restarts,
        };
        foreach (var child in cell.LocalChildren)
        {
            Add(child.Cell, sums);
        }
    }
}
