using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>Three machines and a database server on a network of their own: links over mutual TLS, and wires that can be cut one way.</summary>
public sealed class NetworkedCluster : IAsyncDisposable
{
    private const int Machines = 3;
    private readonly List<ManagedProcess> _processes = [];
    private readonly string?[] _ready = new string?[Machines + 1];
    private string _connection = string.Empty;

    private NetworkedCluster(NetworkLab network, PostgresServer store) => (Network, Store) = (network, store);

    public NetworkLab Network { get; }

    public PostgresServer Store { get; }

    public TemporaryDirectory Folder { get; } = new();

    public ManagedProcess Desk { get; private set; } = null!;

    /// <summary>Null when this machine gives no network namespaces.</summary>
    public static async Task<NetworkedCluster?> TryStartAsync()
    {
        if (NetworkLab.TryCreate(Machines) is not { } network)
        {
            return null;
        }

        var cluster = new NetworkedCluster(network, await PostgresServer.StartAsync(network.Hub, NetworkLab.AddressOf(0), []));
        cluster._connection = await cluster.Store.DatabaseAsync("cluster");
        cluster.WriteCertificates();
        for (var machine = 1; machine <= Machines; machine++)
        {
            cluster.Start(machine);
        }

        for (var machine = 1; machine <= Machines; machine++)
        {
            cluster._ready[machine] = await cluster._processes[machine - 1].ExpectAsync(" is ready: ", TimeSpan.FromSeconds(60));
        }

        return cluster;
    }

    public ManagedProcess Node(int machine) => _processes[machine - 1];

    /// <summary>The CLI on a machine of its own node, with the first administrator's token.</summary>
    public async Task<(int Code, string Output)> CliAsync(int machine, params string[] arguments)
    {
        var token = Directory.GetFiles(Folder.Path, "admin.token", SearchOption.AllDirectories).First();
        await using var cli = ManagedProcess.Start("actorops", Folder.Path, [.. arguments, "--server", "http://127.0.0.1:8080", "--token-file", token], Network.Of(machine));
        return (await cli.WaitAsync(TimeSpan.FromSeconds(30)), cli.Output);
    }

    public async Task<JsonElement> JsonAsync(int machine, params string[] arguments)
    {
        var (_, output) = await CliAsync(machine, [.. arguments, "-o", "json"]);
        using var json = JsonDocument.Parse(output.Split('\n').FirstOrDefault(line => line.StartsWith('{')) ?? "{}");
        return json.RootElement.Clone();
    }

    /// <summary>State of a node as another one sees it.</summary>
    public async Task<(string State, long Incarnation)> MemberAsync(int via, int machine)
    {
        var members = await JsonAsync(via, "cluster", "members");
        return members.TryGetProperty("items", out var items)
            ? items.EnumerateArray().Where(item => item.GetProperty("node").GetString() == $"node-{machine}").Select(item => (item.GetProperty("state").GetString()!, item.GetProperty("incarnation").GetInt64())).FirstOrDefault()
            : default;
    }

    public async Task<IReadOnlyList<string>> TripsAsync(int via)
    {
        var status = await JsonAsync(via, "kill", "status");
        return status.TryGetProperty("trips", out var trips) ? [.. trips.EnumerateArray().Select(trip => trip.GetProperty("scope").GetString()!)] : [];
    }

    public void StartDesk(int machine)
    {
        var token = Directory.GetFiles(Folder.Path, "desk.token", SearchOption.AllDirectories).First();
        Desk = ManagedProcess.Start("actorops-paperdesk", Folder.Path, ["--server", "http://127.0.0.1:8080", "--token-file", token, "--json", "--speed", "20", "--memory", Folder.File("desk.json")], Network.Of(machine));
    }

    /// <summary>The laws of the journal.</summary>
    public async Task CheckHistoryAsync()
    {
        // Read where the database is.
        await Store.StopAsync();
        await Store.StartAgainOnLoopbackAsync();
        (await JournalHistory.ReadAsync(_connection.Replace(NetworkLab.AddressOf(0), "127.0.0.1", StringComparison.Ordinal))).Check([]);
    }

    public async ValueTask DisposeAsync()
    {
        Network.Heal();
        foreach (var process in (ManagedProcess?[])[Desk, .. _processes])
        {
            if (process is { HasEnded: false })
            {
                process.Signal("TERM");
            }
        }

        foreach (var process in _processes)
        {
            try
            {
                await process.WaitAsync(TimeSpan.FromSeconds(20));
            }
            catch (OperationCanceledException)
            {
                // It is ended with the next line.
            }

            await process.DisposeAsync();
        }

        await (Desk?.DisposeAsync() ?? default);
        await Store.DisposeAsync();
        Network.Dispose();
        Folder.Dispose();
    }

    private void Start(int machine)
    {
        string[] settings =
        [
            $"actorops.node.id=node-{machine}", $"actorops.node.region={(machine == 2 ? "us" : "eu")}", $"actorops.data={Folder.File($"node-{machine}")}",
            "actorops.cluster.store=postgres", $"actorops.cluster.connection={_connection}", "actorops.rules.hold-release=1s", "actorops.logs.console=false", "actorops.kill-switch.answer-within-ms=2000",
            $"actorops.cluster.link.bind={NetworkLab.AddressOf(machine)}", "actorops.cluster.link.port=8090", $"actorops.cluster.link.authority-file={Folder.File("authority.pem")}",
            $"actorops.cluster.link.certificate-file={Folder.File($"{machine}.pem")}", $"actorops.cluster.link.certificate-key-file={Folder.File($"{machine}.key")}",
        ];
        _processes.Add(ManagedProcess.Start("actorops-node", Folder.Path, ["--supervise", .. settings.SelectMany(set => (string[])["--set", set])], Network.Of(machine)));
    }

    private void WriteCertificates()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Folder.File("authority.pem"), authority.ExportCertificatePem());
        for (var machine = 1; machine <= Machines; machine++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN=node-{machine}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Parse(NetworkLab.AddressOf(machine)));
            request.CertificateExtensions.Add(names.Build());
            using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(20), [1, 2, 3, (byte)machine]);
            File.WriteAllText(Folder.File($"{machine}.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Folder.File($"{machine}.key"), key.ExportPkcs8PrivateKeyPem());
            File.SetUnixFileMode(Folder.File($"{machine}.key"), UnixFileMode.UserRead);
        }
    }
}
