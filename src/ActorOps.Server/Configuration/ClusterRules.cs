using System.Net;
using ActorOps.Hocon.Binding;
using ActorOps.Ops.Scopes;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Configuration;

/// <summary>Rules across the settings of the cluster.</summary>
internal static class ClusterRules
{
    public static void Check(NodeOptions options, OptionsBinder binder)
    {
        var cluster = options.Cluster;
        if (cluster.Store is not ("sqlite" or "postgres"))
        {
            binder.Add("actorops.cluster.store", $"found '{cluster.Store}', expected sqlite (one node) or postgres (several)");
        }

        cluster.Database = DatabaseConnection.Resolve(cluster, binder);
        if (cluster.IsShared && PostgresOptions.Problem(cluster.Database.Reveal()) is { } problem)
        {
            binder.Add("actorops.cluster.connection", $"{problem}; a store on postgres needs a connection string, such as \"Host=db-1,db-2;Database=actorops;Username=actorops\", here or in the file of connection-file");
        }

        if (!Scope.IsId(cluster.Name))
        {
            binder.Add("actorops.cluster.name", $"'{cluster.Name}' is not a valid name: use 1 to 100 letters, digits or . _ : -");
        }

        if (cluster.Ttl < TimeSpan.FromSeconds(3) || cluster.Ttl > TimeSpan.FromSeconds(60))
        {
            binder.Add("actorops.cluster.ttl", $"{cluster.Ttl} is out of range, expected 3s to 60s");
        }

        if (cluster.RenewEvery <= TimeSpan.Zero || cluster.RenewEvery * 3 > cluster.Ttl)
        {
            binder.Add("actorops.cluster.renew-every", $"{cluster.RenewEvery} must be more than 0 and at most a third of the time to live ({cluster.Ttl}), or one lost renewal ends the node's trust");
        }

        foreach (var role in options.Node.Roles.Where(role => !Scope.IsId(role)))
        {
            binder.Add("actorops.node.roles", $"'{role}' is not a valid role: use control, data or a name of your own of letters, digits or . _ : -");
        }

        Link(cluster.Link, cluster.IsShared, binder);
    }

    private static void Link(LinkSettings link, bool isShared, OptionsBinder binder)
    {
        if (!IPAddress.TryParse(link.Bind, out var address))
        {
            binder.Add("actorops.cluster.link.bind", $"'{link.Bind}' is not an IP address");
        }
        else if (isShared && !IPAddress.IsLoopback(address) && (link.CertificateFile.Length == 0 || link.AuthorityFile.Length == 0))
        {
            binder.Add("actorops.cluster.link.bind", $"{address} is reachable from other machines, which needs mutual TLS: set certificate-file, certificate-key-file and authority-file (PEM), or bind to 127.0.0.1");
        }
        else if (isShared && (IPAddress.Any.Equals(address) || IPAddress.IPv6Any.Equals(address)) && link.Advertise.Length == 0)
        {
            binder.Add("actorops.cluster.link.advertise", $"must name this machine: other machines cannot connect to {address}");
        }

        foreach (var (key, file) in (ReadOnlySpan<(string, string)>)[("certificate-file", link.CertificateFile), ("authority-file", link.AuthorityFile)])
        {
            if (file.Length > 0 && !File.Exists(file))
            {
                binder.Add($"actorops.cluster.link.{key}", $"there is no file '{file}'");
            }
        }

        SecretFile.Check("actorops.cluster.link.key-file", link.KeyFile, binder);
        PrivateKey("actorops.cluster.link", link.CertificateFile, link.CertificateKeyFile, binder);
    }

    /// <summary>A private key has a file of its own or stands in the certificate's.</summary>
    public static void PrivateKey(string section, string certificate, string key, OptionsBinder binder)
    {
        if (key.Length > 0)
        {
            SecretFile.Check($"{section}.certificate-key-file", key, binder);
        }
        else if (certificate.Length > 0 && File.Exists(certificate))
        {
            SecretFile.Check($"{section}.certificate-file", certificate, binder);
        }
    }
}
