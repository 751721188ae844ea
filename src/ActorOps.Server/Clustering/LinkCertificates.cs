using System.Security.Cryptography.X509Certificates;
using ActorOps.Server.Configuration;

namespace ActorOps.Server.Clustering;

/// <summary>Mutual TLS of the links: certificates of one authority that signs for nothing else.</summary>
internal static class LinkCertificates
{
    public static X509Certificate2 Own(LinkSettings link) => X509Certificate2.CreateFromPemFile(link.CertificateFile, link.CertificateKeyFile.Length > 0 ? link.CertificateKeyFile : null);

    public static X509Certificate2Collection Authority(LinkSettings link)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(link.AuthorityFile);
        return certificates;
    }

    public static X509ChainPolicy Policy(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }

    /// <summary>True for a certificate that the authority has signed.</summary>
    public static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(authority) };
        return chain.Build(certificate);
    }
}
