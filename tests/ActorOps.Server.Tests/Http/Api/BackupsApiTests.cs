using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;
using ActorOps.Storage.Backups;

namespace ActorOps.Server.Tests.Http.Api;

public class BackupsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_backup_is_made_listed_fetched_and_good_and_a_repeat_makes_no_second()
    {
        using var made = await CreateAsync(server.Admin, "k1");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var view = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        var name = view.GetProperty("name").GetString()!;
        using var repeated = await CreateAsync(server.Admin, "k1");
        Assert.Equal(name, JsonDocument.Parse(await repeated.Content.ReadAsStringAsync()).RootElement.GetProperty("name").GetString());
        Assert.Contains(name, await server.Admin.GetStringAsync("/api/v1/backups"), StringComparison.Ordinal);
        using var directory = new TemporaryDirectory();
        await File.WriteAllBytesAsync(directory.File("b"), await server.Admin.GetByteArrayAsync($"/api/v1/backups/{name}"));
        var summary = BackupReader.Verify(directory.File("b"));
        Assert.Equal(view.GetProperty("events").GetInt64(), summary.Events);
        Assert.True(summary.Events > 0);
    }

    [Fact]
    public async Task Only_admins_and_engineers_may_have_one()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await CreateAsync(server.Desk, "k2")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.GetAsync("/api/v1/backups")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CreateAsync(server.Anonymous, "k3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Admin.GetAsync("/api/v1/backups/..%2Fadmin.token")).StatusCode);
    }

    [Fact]
    public async Task A_restored_directory_without_a_latch_starts_killed_and_one_with_its_latch_as_it_was()
    {
        using var trip = await server.Admin.PostAsJsonAsync("/api/v1/kill-switch/trips", new { scope = "strategy/kept", level = "KILLED" });
        trip.EnsureSuccessStatusCode();
        await Waiting.For(async () => (await server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Any(record => record.Payload.Contains("strategy/kept", StringComparison.Ordinal)));
        using var made = await CreateAsync(server.Admin, "k4");
        var name = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("name").GetString()!;
        var backup = Path.Combine(server.Data.Path, "backups", name);

        using var empty = new TemporaryDirectory();
        var output = new StringWriter();
        Assert.Equal(0, OfflineBackup.Restore(backup, Configuration(empty.Path), output, output));
        Assert.Contains("KILLED firm-wide", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["firm", "strategy/kept"], await KilledScopesAsync(empty.Path));

        using var latched = new TemporaryDirectory();
        File.Copy(Path.Combine(server.Data.Path, "trips.latch"), latched.File("trips.latch"));
        Assert.Equal(0, OfflineBackup.Restore(backup, Configuration(latched.Path), output, output));
        Assert.Equal(["strategy/kept"], await KilledScopesAsync(latched.Path));
        Assert.Equal(1, OfflineBackup.Restore(backup, Configuration(latched.Path), output, output));
        Assert.Contains("move it away first", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> KilledScopesAsync(string data)
    {
        await using var node = await NodeHost.StartAsync(Configuration(data), TextWriter.Null);
        return [.. node.Services.Ops.Board.Current.Standing.Where(trip => $"{trip.Level}".Equals("Killed", StringComparison.OrdinalIgnoreCase)).Select(trip => $"{trip.Scope}").Distinct().Order(StringComparer.Ordinal)];
    }

    private static NodeConfiguration Configuration(string data) => NodeConfiguration.Load(
        null, [$"actorops.data = \"{data}\"", "actorops.http.port = 0", "actorops.logs.console = false"], new Dictionary<string, string>());

    private static async Task<HttpResponseMessage> CreateAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/backups") { Content = new StringContent("{}", Encoding.UTF8, "application/json"), Headers = { { "Idempotency-Key", key } } };
        return await client.SendAsync(request);
    }
}
