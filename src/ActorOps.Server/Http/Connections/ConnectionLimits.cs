using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Connections;

/// <summary>Bounds of open connections, together well below the process's limit of descriptors.</summary>
/// <param name="Known">Connections that have shown a good token.</param>
/// <param name="PerPrincipal">Those of one principal.</param>
/// <param name="Strangers">Connections that have not.</param>
/// <param name="PerAddress">Those of one address; this machine's own may have all of them.</param>
internal sealed record ConnectionLimits(int Known, int PerPrincipal, int Strangers, int PerAddress)
{
    private const int Least = 16;

    /// <summary>All connections; the web server refuses more by itself.</summary>
    public int Total => Known + Strangers;

    public static ConnectionLimits From(QuotaOptions quotas, int descriptors, int inUse)
    {
        var room = Math.Max(Least, descriptors - inUse - DescriptorLimit.Headroom);
        var total = Math.Min(quotas.Connections, room);
        var strangers = Math.Min(quotas.StrangerConnections, total / 2);
        return new ConnectionLimits(total - strangers, Math.Min(quotas.ConnectionsPerPrincipal, total - strangers), strangers, Math.Min(quotas.StrangerConnectionsPerAddress, strangers));
    }
}
