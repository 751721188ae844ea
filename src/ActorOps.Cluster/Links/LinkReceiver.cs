using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Diagnostics;

namespace ActorOps.Cluster.Links;

/// <summary>Takes messages that have come over links to the actors that they are for. What cannot be delivered is answered with the reason.</summary>
/// <param name="catalog">What may be said.</param>
/// <param name="find">The actor of a logical name on this node; null when it is not here.</param>
/// <param name="options">Deadlines.</param>
/// <param name="time">Clock.</param>
public sealed class LinkReceiver(MessageCatalog catalog, Func<string, ActorRef?> find, LinkOptions options, TimeProvider time)
{
    /// <summary>Delivers a batch in order; what was not taken, with why.</summary>
    public LinkRefusal[] Tell(IReadOnlyList<LinkFrame> frames)
    {
        var refused = new List<LinkRefusal>();
        for (var i = 0; i < frames.Count; i++)
        {
            try
            {
                var (actor, message) = Resolve(frames[i]);
                using var causality = frames[i].Trace is { } trace ? Causality.Begin(trace) : null;
                actor.Tell(message);
            }
            catch (LinkException reason)
            {
                refused.Add(new LinkRefusal(i, reason.Code, reason.Message));
            }
        }

        return [.. refused];
    }

    /// <summary>Delivers a question and completes with its answer.</summary>
    /// <exception cref="LinkException">It could not be delivered, or there was no answer.</exception>
    public async Task<LinkFrame> AskAsync(LinkFrame frame, CancellationToken cancellation)
    {
        var (actor, message) = Resolve(frame);
        using var causality = frame.Trace is { } trace ? Causality.Begin(trace) : null;
        try
        {
            var reply = await actor.Ask<object>(message, options.AskWithin, time, cancellation).ConfigureAwait(false);
            return catalog.Write(string.Empty, reply, frame.Trace);
        }
        catch (UndeliveredException undelivered)
        {
            throw new LinkException("not-here", undelivered.Message);
        }
        catch (AskTimeoutException late)
        {
            throw new LinkException("no-answer", late.Message);
        }
    }

    private (ActorRef Actor, object Message) Resolve(LinkFrame frame)
    {
        var message = catalog.Read(frame);
        return (find(frame.To) ?? throw new LinkException("not-here", $"'{frame.To}' is not on this node"), message);
    }
}
