using System.ComponentModel.DataAnnotations;

namespace ActorOps.Server.Configuration;

/// <summary>Bounds of what callers can hold or leave in a node. Prose stands in <c>reference.conf</c>.</summary>
internal sealed class QuotaOptions
{
    [Range(64, 100_000)]
    public int Connections { get; init; } = 1024;

    [Range(8, 10_000)]
    public int ConnectionsPerPrincipal { get; init; } = 64;

    [Range(16, 10_000)]
    public int StrangerConnections { get; init; } = 256;

    [Range(4, 10_000)]
    public int StrangerConnectionsPerAddress { get; init; } = 32;

    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(90);

    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(5);

    [Range(16, 10_000)]
    public int Requests { get; init; } = 512;

    [Range(4, 10_000)]
    public int RequestsPerPrincipal { get; init; } = 64;

    [Range(4, 10_000)]
    public int StrangerRequests { get; init; } = 32;

    [Range(16, 10_000)]
    public int Kills { get; init; } = 256;

    [Range(4, 10_000)]
    public int KillsPerPrincipal { get; init; } = 64;

    [Range(8_388_608, 1_073_741_824)]
    public int BodyBytes { get; init; } = 67_108_864;

    [Range(4_194_304, 1_073_741_824)]
    public int BodyBytesPerPrincipal { get; init; } = 8_388_608;

    [Range(4, 10_000)]
    public int SignalStreams { get; init; } = 256;

    [Range(2, 10_000)]
    public int SignalStreamsPerPrincipal { get; init; } = 16;

    [Range(2, 10_000)]
    public int EventReaders { get; init; } = 64;

    [Range(1, 10_000)]
    public int EventReadersPerPrincipal { get; init; } = 8;

    [Range(16, 1_000_000)]
    public int IdempotencyKeysPerPrincipal { get; init; } = 1000;

    [Range(1, 10_000)]
    public int Desks { get; init; } = 200;

    [Range(4, 10_000)]
    public int TargetsPerDesk { get; init; } = 2000;

    [Range(4, 100_000)]
    public int NewTargetsPerHour { get; init; } = 2000;

    [Range(10, 100_000)]
    public int RegistrationsPerHour { get; init; } = 600;

    [Range(10, 100_000)]
    public int UnknownScopeTripsPerPrincipal { get; init; } = 500;

    [Range(10, 100_000)]
    public int Principals { get; init; } = 500;

    [Range(2, 10_000)]
    public int OpenRequestsPerPrincipal { get; init; } = 20;

    [Range(10, 100_000)]
    public int AlertsAtOnce { get; init; } = 1000;

    [Range(1, 10_000)]
    public int Backups { get; init; } = 100;
}
