using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorOps.Acceptance.Tests.Harness;
using Npgsql;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Nodes and strangers that must not get in, and what they are told.</summary>
[Trait("Needs", "Postgres")]
public class RefusalTests
{
    [Fact]
    public async Task What_does_not_belong_to_the_cluster_is_refused_with_the_reason_and_harms_nobody()
    {
        await using var cluster = await ClusterTrading.StartAsync(2, hasManagers: false);
        await RefusedAsync(cluster, 9, "belongs to cluster 'actorops', this node to 'other'", "actorops.cluster.name=other");
        await RefusedAsync(cluster, 1, "already", $"actorops.data={cluster.Folder.File("double")}", "actorops.cluster.ttl=3s", "actorops.cluster.renew-every=500ms");
        await RefusedAsync(cluster, 8, "actorops.cluster.connection", "actorops.cluster.connection=\"\"");
        await using (var source = NpgsqlDataSource.Create(cluster.Connection))
        {
            await using var command = source.CreateCommand("insert into schema_version(version) values (99)");
            await command.ExecuteNonQueryAsync();
            await RefusedAsync(cluster, 7, "written by a newer version");
            await using var undo = source.CreateCommand("delete from schema_version where version = 99");
            await undo.ExecuteNonQueryAsync();
        }

        Assert.Equal(["Up", "Up"], (await cluster.MembersAsync(0)).Select(member => member.State));
        await Waiting.For(async () => (await cluster.GrantsAsync(1, "singletons")).All(grant => grant.State == "Running"));
    }

    [Fact]
    public async Task A_stranger_at_the_link_port_gets_nothing()
    {
        await using var cluster = await ClusterTrading.StartAsync(2, hasManagers: false, ClusterTrading.Steady);
        var address = await LinkAddressAsync(cluster);
        using var http = new HttpClient { BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact, Timeout = TimeSpan.FromSeconds(5) };
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/status")).StatusCode);
        Assert.Equal(HttpStatusCode.ProxyAuthenticationRequired, (await http.PostAsync("/link/v1/trips", Json("""{"tripId":"01a1f9df-ca48-7e5f-8873-8a95cc8cc46a","level":"KILLED","scope":"firm","source":"x","reason":"","principal":"p","person":"p","node":"n","raisedAt":"2026-01-01T00:00:00Z"}"""))).StatusCode);
        Assert.Equal(HttpStatusCode.ProxyAuthenticationRequired, (await http.PostAsync("/link/v1/forward/api/v1/status", null)).StatusCode);
        var nonce = await (await http.PostAsync("/link/v1/nonce", null)).Content.ReadAsStringAsync();
        var guess = await http.PostAsync("/link/v1/hello", Json($$"""{"cluster":"actorops","storeId":"{{Guid.Empty}}","node":"node-2","incarnation":1,"to":"node-1","serverNonce":"{{nonce}}","clientNonce":"x","protocol":1,"proof":"{{new string('0', 64)}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, guess.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("/link/v1/hello", Json("rubbish"))).StatusCode);
        using (var raw = new TcpClient())
        {
            await raw.ConnectAsync(address.Host, address.Port);
            await raw.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + new string('x', 10_000)));
        }

        Assert.Empty((await cluster.KillSwitchAsync(0)).Trips);
        Assert.All((await cluster.MembersAsync(0)), member => Assert.Equal("Up", member.State));
        var (code, output) = await cluster.CliAsync(0, "cluster", "links");
        Assert.Equal(0, code);
        Assert.Contains("node-2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pooler_in_the_way_is_named_as_such()
    {
        if (!File.Exists("/usr/sbin/pgbouncer"))
        {
            Console.WriteLine("LEFT OUT: there is no pgbouncer here (Debian: pgbouncer)");
            Assert.Null(Environment.GetEnvironmentVariable("ACTOROPS_CI"));
            return;
        }

        await using var cluster = await ClusterTrading.StartAsync(0, hasManagers: false);
        var port = FreePort();
        var users = cluster.Folder.File("users.txt");
        await File.WriteAllTextAsync(users, "\"actorops\" \"\"\n");
        await File.WriteAllTextAsync(cluster.Folder.File("pgbouncer.ini"), $"""
            [databases]
            cluster = host=127.0.0.1 port={cluster.Store.Port} dbname=cluster user=actorops
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            auth_file = {users}
            pool_mode = transaction
            """);
        File.SetUnixFileMode(cluster.Folder.Path, (UnixFileMode)0b111_101_101);
        string[] command = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", "/usr/sbin/pgbouncer", cluster.Folder.File("pgbouncer.ini")]
            : ["/usr/sbin/pgbouncer", cluster.Folder.File("pgbouncer.ini")];
        using var pooler = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        try
        {
            await Waiting.For(() =>
            {
                using var probe = new TcpClient();
                try
                {
                    probe.Connect(IPAddress.Loopback, port);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            });
            await RefusedAsync(cluster, 1, "A connection pooler answers in place of the database", $"actorops.cluster.connection=Host=127.0.0.1;Port={port};Username=actorops;Database=cluster");
        }
        finally
        {
            pooler.Kill(entireProcessTree: true);
            await pooler.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Uri> LinkAddressAsync(ClusterTrading cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
        await using var command = source.CreateCommand("select address from node where node_id = 'node-1'");
        return new Uri((string)(await command.ExecuteScalarAsync())!);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task RefusedAsync(ClusterTrading cluster, int number, string expected, params string[] sets)
    {
        await using var stranger = cluster.Start(number, $"node-{number}", cluster.Folder.File($"stranger-{number}"), sets);
        Assert.NotEqual(0, await stranger.WaitAsync(TimeSpan.FromSeconds(40)));
        Assert.Contains(expected, stranger.Output, StringComparison.Ordinal);
    }
}
