using System.Collections.Concurrent;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Peers;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Signals;

/// <summary>
/// Takes parcels to the nodes that have their shards. A shard on its way from one node to another has none for a moment: its lines wait, a bounded number
/// of them for a bounded time, so that neither the move nor a dead node holds up the rest of the sender's stream. What is given up is a gap of its desk.
/// </summary>
internal sealed class SignalForwarder(IPeers peers, TimeProvider time, Action<string> onLost, ILogger log)
{
    private const int MostWaitingBytes = 16 * 1024 * 1024;
    private const long LongestWaitMs = 15_000;
    private readonly ConcurrentQueue<(SignalParcel Parcel, long SinceMs)> _waiting = new();
    private int _waitingBytes;

    /// <summary>Delivers what can be delivered now, and keeps the rest for <see cref="RetryAsync"/>.</summary>
    public async Task SendAsync(IReadOnlyList<SignalParcel> parcels, CancellationToken cancellation)
    {
        foreach (var parcel in await peers.ForwardAsync(parcels, cancellation).ConfigureAwait(false))
        {
            // The sender's buffer is its own again when this returns.
            Wait(parcel with { Lines = parcel.Lines.ToArray() }, time.GetMilliseconds());
        }
    }

    /// <summary>Tries what waits once more. Several times a second, and not twice at once.</summary>
    public async Task RetryAsync(CancellationToken cancellation)
    {
        var due = new List<(SignalParcel Parcel, long SinceMs)>();
        while (_waiting.TryDequeue(out var item))
        {
            Interlocked.Add(ref _waitingBytes, -item.Parcel.Lines.Length);
            due.Add(item);
        }

        foreach (var (parcel, since) in due)
        {
            // One by one, in their order: several of a shard may wait.
            if (time.GetMilliseconds() - since > LongestWaitMs)
            {
                Lose(parcel, "nobody took its shard in time");
            }
            else if ((await peers.ForwardAsync([parcel], cancellation).ConfigureAwait(false)).Count > 0)
            {
                Wait(parcel, since);
            }
        }
    }

    private void Wait(SignalParcel parcel, long sinceMs)
    {
        if (Interlocked.Add(ref _waitingBytes, parcel.Lines.Length) > MostWaitingBytes)
        {
            Interlocked.Add(ref _waitingBytes, -parcel.Lines.Length);
            Lose(parcel, "too much waits");
            return;
        }

        _waiting.Enqueue((parcel, sinceMs));
    }

    private void Lose(SignalParcel parcel, string why)
    {
        SignalLog.Lost(log, parcel.Lines.Length, parcel.Shard, why);
        if (parcel.Sender.Desk is not null)
        {
            onLost(parcel.Sender.Desk);
        }
    }
}
