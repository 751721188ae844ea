using System.Text.Json;
using ActorOps.Cluster.Links;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;

namespace ActorOps.Server.Clustering;

/// <summary>Trips to peers: each at once when it is made, and everything that one of two lacks each time they meet and every other second.</summary>
internal sealed class TripSpreading(LinkHub links, KillSwitchServices killSwitch)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    /// <summary>True when the peer has latched it in time.</summary>
    public static async Task<bool> TellAsync(LinkHub links, string node, Trip trip, TimeSpan within)
    {
        try
        {
            if (links.Find(node) is not { } link)
            {
                return false;
            }

            await link.CallAsync("trips", JsonSerializer.SerializeToUtf8Bytes(trip, PeerJson.Default.Trip), within, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (LinkException)
        {
            return false;
        }
    }

    /// <summary>One round with every peer.</summary>
    public Task RoundAsync(CancellationToken cancellation) => Task.WhenAll(links.Links.Select(link => MeetAsync(link, cancellation)));

    /// <summary>Takes an exchange from a peer: its trips are latched here, and it gets what it lacks, with the ids of what is known here.</summary>
    public TripExchange Answer(TripExchange theirs)
    {
        foreach (var trip in theirs.Trips)
        {
            _ = killSwitch.AcceptAsync(trip);
        }

        return Lacking(theirs.Known);
    }

    private async Task MeetAsync(PeerLink link, CancellationToken cancellation)
    {
        try
        {
            var theirs = await ExchangeAsync(link, new TripExchange(Ids(), []), cancellation).ConfigureAwait(false);
            foreach (var trip in theirs.Trips)
            {
                _ = killSwitch.AcceptAsync(trip);
            }

            var lacking = Lacking(theirs.Known);
            if (lacking.Trips.Count > 0)
            {
                await ExchangeAsync(link, lacking, cancellation).ConfigureAwait(false);
            }
        }
        catch (LinkException)
        {
            // The next round tries again.
        }
    }

    private static async Task<TripExchange> ExchangeAsync(PeerLink link, TripExchange exchange, CancellationToken cancellation)
    {
        var answer = await link.CallAsync("trip-exchange", JsonSerializer.SerializeToUtf8Bytes(exchange, PeerJson.Default.TripExchange), Within, cancellation).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer.Span, PeerJson.Default.TripExchange) ?? throw new LinkException("unreadable", "an empty exchange");
    }

    private TripExchange Lacking(IReadOnlyList<Guid> known)
    {
        var theirs = known.ToHashSet();
        return new TripExchange(Ids(), [.. killSwitch.Board.Current.Standing.Where(trip => !theirs.Contains(trip.TripId))]);
    }

    private List<Guid> Ids() => [.. killSwitch.Board.Current.Standing.Select(trip => trip.TripId)];
}
