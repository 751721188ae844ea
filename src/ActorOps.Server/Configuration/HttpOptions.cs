using System.ComponentModel.DataAnnotations;

namespace ActorOps.Server.Configuration;

internal sealed class HttpOptions
{
    public string Bind { get; init; } = string.Empty;

    [Range(0, 65535)]
    public int Port { get; init; }

    public string Advertise { get; init; } = string.Empty;

    public bool OpenHealthOnLoopback { get; init; } = true;

    public List<string> AllowedHosts { get; init; } = [];

    public string CertificateFile { get; init; } = string.Empty;

    public string CertificateKeyFile { get; init; } = string.Empty;

    public TimeSpan HstsMaxAge { get; init; }
}
