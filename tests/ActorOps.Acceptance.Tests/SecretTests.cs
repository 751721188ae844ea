using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

/// <summary>A mark in every secret of a real node, and every place where a text of it comes out.</summary>
public class SecretTests
{
    private const string Mark = "s3ntinel-pw";

    [Fact]
    public async Task A_secret_of_the_configuration_comes_out_at_no_door()
    {
        await using var trading = new Trading();
        foreach (var name in (string[])["password", "link.key", "broker.key", "broker.secret"])
        {
            File.WriteAllText(trading.Folder.File(name), $"{Mark}-{name}\n");
            File.SetUnixFileMode(trading.Folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await trading.StartNodeAsync(
            "actorops.logs.level=trace", "actorops.logs.console=true", $"actorops.cluster.connection=Host=db;Username=u;Password={Mark}-typed", "actorops.cluster.link.key-file=link.key",
            "actorops.brokers.b={ url = \"http://127.0.0.1:1\", key-file = broker.key, secret-file = broker.secret }");
        Assert.Contains("put it into a file", trading.Node.Output, StringComparison.Ordinal);
        var shown = await trading.CliAsync("config", "show", "-o", "json");
        Assert.Contains("Host=db;Port=5432;Database=;Username=u;Password=***", shown.Output, StringComparison.Ordinal);
        var outputs = new List<string> { shown.Output };
        string[][] commands = [["config", "show"], ["config", "limits"], ["status", "-o", "json"], ["actor", "tree"], ["log", "tail", "--from", "start", "--no-follow"], ["supervisor", "list"], ["emergency", "shutdown", "--dry-run"], ["backup", "create", "--output", trading.Folder.File("a.backup")]];
        foreach (var command in commands)
        {
            outputs.Add((await trading.CliAsync(command)).Output);
        }

        using var http = new HttpClient { BaseAddress = new Uri(trading.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", File.ReadAllText(Path.Combine(trading.Data, "admin.token")).Trim());
        foreach (var path in await ReadsAsync(http))
        {
            using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "text/html" or "text/plain")
            {
                outputs.Add(await answer.Content.ReadAsStringAsync());
            }
        }

        trading.Node.Signal("TERM");
        Assert.Equal(0, await trading.Node.WaitAsync());
        outputs.Add(trading.Node.Output);
        outputs.AddRange(Directory.GetFiles(trading.Data, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(outputs, output => Assert.DoesNotContain(Mark, output, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_check_says_what_is_wrong_with_a_secret_and_repeats_nothing_of_it()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("open"), Mark);
        File.WriteAllText(folder.File("token.conf"), Mark + "=");
        File.WriteAllText(folder.File("node.conf"), $"include \"token.conf\"\nactorops.cluster {{ store = postgres, connection = \"Host=db;Passwrd={Mark}\", link.key-file = open, password-file = {Mark} }}");
        string[][] runs = [["--config", "node.conf"], ["--config", "open"], ["--set", $"actorops.cluster.connections=Host=db;Password={Mark}"], ["--set", $"actorops.cluster.password-file={folder.File("open")}"]];
        foreach (var run in runs)
        {
            await using var check = ManagedProcess.Start("actorops-node", folder.Path, [.. run, "--check"]);
            Assert.Equal(2, await check.WaitAsync());
            Assert.DoesNotContain(Mark, check.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>Every read that needs no id.</summary>
    private static async Task<IReadOnlyList<string>> ReadsAsync(HttpClient http)
    {
        using var api = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("openapi/v1.json"));
        string[] paths = [.. from path in api.RootElement.GetProperty("paths").EnumerateObject()
                             where path.Value.TryGetProperty("get", out _) && !path.Name.Contains('{', StringComparison.Ordinal)
                             select path.Name];
        Assert.Contains("/api/v1/config", paths);
        return [.. paths, "/minimal", "/health", "/metrics"];
    }
}
