using System.Net;
using System.Net.Sockets;

namespace ActorOps.Server.Http.Connections;

/// <summary>
/// Who may have a connection open. Strangers share a bounded part, in which a new connection always gets a place: the oldest one of its address is closed
/// for it, or the oldest of the address that has most. So idle connections keep nobody out, and a kill has as long as it takes to send a token. A connection
/// that has shown a good token is its principal's, and is no longer closed for others.
/// </summary>
internal sealed class ConnectionPool(ConnectionLimits limits)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ConnectionSlot> _strangers = new();
    private readonly Dictionary<string, int> _byPrincipal = new(StringComparer.Ordinal);
    private int _known;

    /// <summary>Connections of strangers and of principals now.</summary>
    public (int Strangers, int Known) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_strangers.Count, _known);
            }
        }
    }

    /// <summary>Gives a new connection its place.</summary>
    public ConnectionSlot Enter(IPAddress address, Action abort)
    {
        var slot = new ConnectionSlot(OriginOf(address), abort);
        ConnectionSlot? closed = null;
        lock (_lock)
        {
            var own = _strangers.Where(stranger => stranger.Origin.Equals(slot.Origin)).ToList();
            if (own.Count >= (IPAddress.IsLoopback(slot.Origin) ? limits.Strangers : limits.PerAddress))
            {
                closed = own[0];
            }
            else if (_strangers.Count >= limits.Strangers)
            {
                closed = _strangers.GroupBy(stranger => stranger.Origin).MaxBy(group => group.Count())!.First();
            }

            Remove(closed);
            slot.Place = _strangers.AddLast(slot);
        }

        closed?.Abort();
        return slot;
    }

    /// <summary>The connection has shown a good token. False: its principal, or all of them, have as many as they may; it stays a stranger's.</summary>
    public bool TryKnow(ConnectionSlot slot, string principal, bool isBounded = true)
    {
        if (slot.Principal is not null)
        {
            return true;
        }

        lock (_lock)
        {
            var count = _byPrincipal.GetValueOrDefault(principal);
            if (slot.Principal is null && slot.Place is not null)
            {
                if (isBounded && (_known >= limits.Known || count >= limits.PerPrincipal))
                {
                    return false;
                }

                Remove(slot);
                slot.Principal = principal;
                _byPrincipal[principal] = count + 1;
                _known++;
            }

            return true;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(ConnectionSlot slot)
    {
        lock (_lock)
        {
            Remove(slot);
            if (slot.Principal is { } principal)
            {
                slot.Principal = null;
                _known--;
                if (--_byPrincipal[principal] == 0)
                {
                    _byPrincipal.Remove(principal);
                }
            }
        }
    }

    private void Remove(ConnectionSlot? slot)
    {
        if (slot?.Place is { } place)
        {
            _strangers.Remove(place);
            slot.Place = null;
        }
    }

    /// <summary>Of IPv6 the network: one caller has all of its addresses.</summary>
    internal static IPAddress OriginOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
