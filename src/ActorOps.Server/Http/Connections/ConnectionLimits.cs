using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Connections;

/// <summary>Bounds of open connections, together well below the process's limit of descriptors.</summary>
/// <param name="Known">Connections that have shown a good token.</param>
/// <param name="PerPrincipal">Those of one principal.</param>
/// <param name="Strangers">Connections that have not.</param>
/// <param name="PerAddress">Those of one address; this machine's own may have all of them.</param>
/// <param name="Closing">Those that are being closed for others, and have their descriptor for a moment longer.</param>
internal sealed record ConnectionLimits(int Known, int PerPrincipal, int Strangers, int PerAddress, int Closing)
{
    private const int Least = 24;
    private const int MostClosing = 64;

    /// <summary>All connections that are of use.</summary>
    public int Total => Known + Strangers;

    /// <summary>More are refused by the web server itself.</summary>
    public int Accepted => Total + Closing;

    public static ConnectionLimits From(QuotaOptions quotas, int descriptors, int inUse)
    {
        var room = Math.Max(Least, descriptors - inUse - DescriptorLimit.Headroom);
        var closing = Math.Min(MostClosing, room / 3);
        var total = Math.Min(quotas.Connections, room - closing);
        var strangers = Math.Min(quotas.StrangerConnections, total / 2);
        return new ConnectionLimits(total - strangers, Math.Min(quotas.ConnectionsPerPrincipal, total - strangers), strangers, Math.Min(quotas.StrangerConnectionsPerAddress, strangers), closing);
    }
}
