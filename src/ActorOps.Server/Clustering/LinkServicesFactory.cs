using System.Net.Security;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Server.Configuration;
using ActorOps.Storage;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Clustering;

/// <summary>Makes the links once it is known which life of the node they are for.</summary>
internal sealed class LinkServicesFactory(ClusterOptions options, MessageCatalog catalog, ClusterPeers peers, TimeProvider time, ILogger log)
{
    public LinkServices Create(NodeKey self, IStore store)
    {
        var key = options.Link.KeyFile.Length > 0 ? File.ReadAllText(options.Link.KeyFile).Trim() : (store as PostgresStore)?.LinkKey ?? LinkHandshake.NewNonce();
        var handshake = new LinkHandshake(key, options.Name, store.StoreId);
        var settings = new ActorOps.Cluster.Links.LinkOptions();
        var tls = Tls();
        var hub = new LinkHub(self, member => new HttpLinkChannel(new Uri(member.Description.Address), member.Key.Node, self, handshake, time, tls), catalog, settings, time, log);
        return new LinkServices(hub, new LinkSessions(handshake, self.Node), new LinkReceiver(catalog, peers.FindHere, settings, time));
    }

    private SslClientAuthenticationOptions? Tls()
    {
        if (options.Link.CertificateFile.Length == 0)
        {
            return null;
        }

        var own = LinkCertificates.Own(options.Link);
        var authority = LinkCertificates.Authority(options.Link);
        return new SslClientAuthenticationOptions
        {
            ClientCertificates = [own],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
            CertificateChainPolicy = LinkCertificates.Policy(authority),
        };
    }
}
