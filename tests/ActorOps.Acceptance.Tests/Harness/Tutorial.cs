using System.Text.Json;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>
/// A folder as a clone of the repository would be, with what was built for the tests as its programs. Commands run there as they stand in a document, except that
/// the node takes a free port and its rules are faster than a reader.
/// </summary>
public sealed class Tutorial : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Faster = new()
    {
        ["CONFIG_FORCE_actorops_http_port"] = "0",
        ["CONFIG_FORCE_actorops_rules_feed__silence_warning"] = "2",
        ["CONFIG_FORCE_actorops_rules_feed__silence_critical"] = "4",
        ["CONFIG_FORCE_actorops_rules_hold__release"] = "1s",
    };

    private readonly TemporaryDirectory _folder = new();

    public Tutorial()
    {
        File.Copy(RepositoryRoot.Find("build.sh"), _folder.File("build.sh"));
        Directory.CreateSymbolicLink(_folder.File("hocon"), RepositoryRoot.Find("hocon"));
        Directory.CreateDirectory(_folder.File("artifacts"));
        Directory.CreateSymbolicLink(_folder.File("artifacts/publish"), AppContext.BaseDirectory);
    }

    /// <summary>The run that is on; null before the first and after the last.</summary>
    public ManagedProcess? Running { get; private set; }

    public string Data => _folder.File("data");

    public ActorOpsClient Admin => new(new Uri(Endpoint.Url), File.ReadAllText(Path.Combine(Data, "admin.token")).Trim());

    private EndpointFile Endpoint => JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Data, "endpoint.json")), WireJson.Default.EndpointFile)!;

    public string Folder => _folder.Path;

    /// <summary>Runs a command to its end, or starts a run and waits until it is up.</summary>
    public async Task<(int Code, string Output)> DoAsync(string command)
    {
        if (!command.StartsWith("./build.sh run", StringComparison.Ordinal))
        {
            await using var process = ManagedProcess.StartTool("bash", _folder.Path, ["-c", command], Faster);
            return (await process.WaitAsync(), process.Output);
        }

        await InterruptAsync();
        Running = ManagedProcess.StartTool("bash", _folder.Path, ["-c", "exec " + command], Faster);
        await Running.ExpectAsync("web page: ", TimeSpan.FromSeconds(60));
        return (0, Running.Output);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task InterruptAsync()
    {
        if (Running is { } running)
        {
            Running = null;
            running.Signal("TERM");
            Assert.Equal(0, await running.WaitAsync());
            await running.DisposeAsync();
        }
    }

    public async Task<KillSwitchView> KillSwitchAsync()
    {
        using var client = Admin;
        return await client.GetAsync("api/v1/kill-switch", WireJson.Default.KillSwitchView);
    }

    public async ValueTask DisposeAsync()
    {
        if (Running is { HasEnded: false })
        {
            Running.Signal("TERM");
            await Running.WaitAsync();
        }

        await (Running?.DisposeAsync() ?? default);

        _folder.Dispose();
    }
}
