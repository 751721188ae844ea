using System.Net;
using ActorOps.Server.Configuration;

namespace ActorOps.Server.Hosting;

/// <summary>The ports of a node and the addresses that others reach them by. A lone node has no link port.</summary>
internal sealed record NodePorts(ListenSocket Http, ListenSocket? Link, string Url, string LinkAddress) : IDisposable
{
    /// <exception cref="IOException">A port is taken.</exception>
    public static NodePorts Open(NodeOptions options)
    {
        var http = ListenSocket.Open(IPAddress.Parse(options.Http.Bind), options.Http.Port, "actorops.http.port");
        try
        {
            var settings = options.Cluster.Link;
            var link = options.Cluster.IsShared ? ListenSocket.Open(IPAddress.Parse(settings.Bind), settings.Port, "actorops.cluster.link.port") : null;
            var url = options.Http.Advertise.Length > 0 ? options.Http.Advertise : Address(options.Http.CertificateFile, options.Http.Bind, http.Port);
            return new NodePorts(http, link, url, link is null ? string.Empty : Advertised(settings) ?? Address(settings.CertificateFile, settings.Advertise.Length > 0 ? settings.Advertise : settings.Bind, link.Port));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>A name with a port of its own, as behind a published port of a container.</summary>
    private static string? Advertised(LinkSettings link) =>
        link.Advertise.LastIndexOf(':') is > 0 and var colon && link.Advertise.IndexOf(':', StringComparison.Ordinal) == colon && int.TryParse(link.Advertise.AsSpan(colon + 1), out var port) ? Address(link.CertificateFile, link.Advertise[..colon], port) : null;

    public void Dispose()
    {
        Http.Dispose();
        Link?.Dispose();
    }

    /// <summary>Nobody can connect to "every address": this machine's programs use localhost instead.</summary>
    private static string Address(string certificate, string host, int port)
    {
        var name = host switch { "0.0.0.0" or "::" => "localhost", _ when host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') && IPAddress.TryParse(host, out _) => $"[{host}]", _ => host };
        return $"{(certificate.Length > 0 ? "https" : "http")}://{name}:{port}";
    }
}
