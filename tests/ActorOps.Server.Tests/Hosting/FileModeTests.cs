namespace ActorOps.Server.Tests.Hosting;

public class FileModeTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Nothing_under_the_data_directory_of_a_running_node_is_open_to_others()
    {
        using var content = new StringContent("""{"scope":"strategy/modes","level":"KILLED"}""", System.Text.Encoding.UTF8, "application/json");
        (await server.Admin.PostAsync("/api/v1/kill-switch/trips", content)).EnsureSuccessStatusCode();
        (await server.Admin.SendAsync(Backup())).EnsureSuccessStatusCode();
        await Waiting.For(() => File.Exists(server.Data.File("KILL_SWITCH")));
        var open = Directory.EnumerateFileSystemEntries(server.Data.Path, "*", SearchOption.AllDirectories).Append(server.Data.Path)
            .Where(path => (File.GetUnixFileMode(path) & (UnixFileMode)0b000_111_111) != 0).ToList();
        Assert.Empty(open);
    }

    private static HttpRequestMessage Backup()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/backups");
        request.Headers.Add("Idempotency-Key", "modes");
        return request;
    }
}
