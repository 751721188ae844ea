using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Peers;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Escalations;

/// <summary>
/// Takes a node's escalations to the operator tier of their region, wherever that runs, and repeats each until it is known to be stored: a tier on its
/// way to another node, or a store that is away, delays them and loses none.
/// </summary>
internal sealed class EscalationRelayActor(IPeers peers, ILogger log) : Actor
{
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Queue<Escalation> _waiting = new();
    private bool _sending;

    protected override ValueTask Receive(object message)
    {
        switch (message)
        {
            case Escalation escalation:
                if (_waiting.Count >= MostWaiting)
                {
                    EscalationLog.Dropped(log, _waiting.Dequeue().Text);
                }

                _waiting.Enqueue(escalation with { Id = Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow()) });
                Send();
                break;
            case Again:
                Send();
                break;
            default:
                Unhandled(message);
                break;
        }

        return default;
    }

    /// <summary>The operator in a path such as <c>/engineering/admin/operator-eu/feeds/spy</c>; what stands higher goes to the tier that the path ends in.</summary>
    internal static string TierOf(string path, string fallback) => Array.Find(path.Split('/'), part => part.StartsWith("operator-", StringComparison.Ordinal)) ?? fallback;

    private void Send()
    {
        if (_sending || !_waiting.TryPeek(out var next))
        {
            return;
        }

        _sending = true;
        var asked = peers.Singleton(TierOf(next.Path, peers.HomeTier)).Ask<EscalationRecorded>(next, AnswerWithin, Context.System.TimeProvider);
        Context.ReenterAfter(asked, ended =>
        {
            _sending = false;
            if (!ended.IsCompletedSuccessfully)
            {
                EscalationLog.Delayed(log, _waiting.Count, ended.Exception?.InnerException?.Message ?? "cancelled");
                Context.Timers.StartSingle("again", new Again(), Pause);
                return default;
            }

            // The oldest may have been dropped meanwhile to make room.
            if (_waiting.TryPeek(out var sent) && sent.Id == next.Id)
            {
                _waiting.Dequeue();
            }

            Send();
            return default;
        });
    }

    private sealed record Again;
}
