using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Events;

namespace ActorOps.Cluster.Links;

/// <summary>
/// Address of an actor by what it does: it stays good when that moves to another node. What is told while nobody is known to do it waits for a
/// bounded time, which a planned move fits into, and becomes a dead letter after that.
/// </summary>
/// <param name="name">Logical name, such as <c>singleton/desks</c>.</param>
/// <param name="here">The actor, while it is on this node.</param>
/// <param name="there">The link to the node that has it otherwise; null while nobody is known to.</param>
/// <param name="catalog">What may be said.</param>
/// <param name="system">For dead letters and time.</param>
public sealed class LogicalActorRef(string name, Func<ActorRef?> here, Func<PeerLink?> there, MessageCatalog catalog, ActorSystem system) : ActorRef
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    private readonly Lock _lock = new();
    private readonly Queue<(object Message, ActorRef Sender, string? Trace, long Since)> _waiting = new();

    /// <inheritdoc/>
    public override ActorPath Path { get; } = ActorPath.Root(name.Replace('/', ':'));

    /// <inheritdoc/>
    public override void Tell(object message, ActorRef sender)
    {
        var since = system.TimeProvider.GetTimestamp();
        lock (_lock)
        {
            // Those that wait go first.
            if (_waiting.Count == 0 && TrySend(message, sender, Causality.Current, since))
            {
                return;
            }

            if (_waiting.Count >= MostWaiting)
            {
                Undelivered(message, sender, "no node has it, and too many messages wait");
                return;
            }

            _waiting.Enqueue((message, sender, Causality.Current, since));
        }
    }

    /// <summary>Sends what waits, if there is somebody now, and gives up what has waited too long. Call it when the cluster has changed, and now and then.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var next))
            {
                var isLate = system.TimeProvider.GetElapsedTime(next.Since) > LongestWait;
                if (isLate)
                {
                    Undelivered(next.Message, next.Sender, "no node has taken it");
                }
                else if (!TrySend(next.Message, next.Sender, next.Trace, next.Since))
                {
                    return;
                }

                _waiting.Dequeue();
            }
        }
    }

    private bool TrySend(object message, ActorRef sender, string? trace, long since)
    {
        if (here() is { } local)
        {
            local.Tell(message, sender);
            return true;
        }

        if (there() is not { } link)
        {
            return false;
        }

        if (catalog.Find(message) is not { } kind)
        {
            Undelivered(message, sender, "not a message between nodes");
            return true;
        }

        var frame = catalog.Write(name, message, trace);
        if (kind.HasReply && !ReferenceEquals(sender, NoSender))
        {
            _ = AskAsync(link, frame, message, sender, since);
        }
        else if (!link.TryTell(frame, kind, message))
        {
            Undelivered(message, sender, $"too much waits for {link.Peer}");
        }

        return true;
    }

    private async Task AskAsync(PeerLink link, LinkFrame frame, object message, ActorRef sender, long since)
    {
        try
        {
            var reply = await link.AskAsync(frame).ConfigureAwait(false);
            sender.Tell(catalog.Read(reply), this);
        }
        catch (LinkException failure) when (failure.Code == "not-here")
        {
            // It has moved on: whoever has it now is known in a moment.
            lock (_lock)
            {
                _waiting.Enqueue((message, sender, frame.Trace, since));
            }
        }
        catch (LinkException failure)
        {
            // Where it is not known whether the other node has acted, nothing is said: the question runs into its timeout.
            if (failure.IsUndone)
            {
                Undelivered(message, sender, failure.Message);
            }
        }
    }

    private void Undelivered(object message, ActorRef sender, string why) => system.DeadLetters.Record(new DeadLetter(message, sender, this, why));
}
