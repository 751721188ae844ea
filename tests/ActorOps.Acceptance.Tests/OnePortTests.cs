using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests;

/// <summary>One port, one node, one data directory.</summary>
public class OnePortTests
{
    [Fact]
    public async Task A_second_node_on_the_port_says_which_process_has_it_and_leaves_nothing_behind()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        await using var second = ManagedProcess.Start("actorops-node", trading.Folder.Path, ["--set", $"actorops.http.port={new Uri(trading.Url).Port}", "--set", "actorops.data=second"]);
        Assert.Equal(1, await second.WaitAsync());
        Assert.Contains($"is taken by process {trading.Node.Id} (actorops-node)", second.Output, StringComparison.Ordinal);
        Assert.Contains("actorops.http.port", second.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(trading.Folder.File("second")));
    }

    [Fact]
    public async Task A_node_that_was_ended_by_force_gets_its_port_back_at_once()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        var url = trading.Url;
        await trading.CliAsync("status");
        await trading.Node.KillAsync();
        await trading.StartNodeAsync();
        Assert.Equal(url, trading.Url);
    }

    [Fact]
    public async Task A_directory_of_another_node_is_refused()
    {
        await using var trading = new Trading();
        await trading.StartNodeAsync();
        trading.Node.Signal("TERM");
        await trading.Node.WaitAsync();
        await using var other = ManagedProcess.Start("actorops-node", trading.Folder.Path, ["--set", "actorops.http.port=0", "--set", "actorops.node.id=node-7"]);
        Assert.Equal(1, await other.WaitAsync());
        Assert.Contains("belongs to node 'node-1', but this node is called 'node-7'", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cli_does_not_take_another_node_for_its_own_but_kills_wherever_it_can()
    {
        await using var own = new Trading();
        await own.StartNodeAsync();
        await using var stranger = new Trading();
        await stranger.StartNodeAsync();
        var path = Path.Combine(own.Data, "endpoint.json");
        var endpoint = JsonSerializer.Deserialize(await File.ReadAllTextAsync(path), WireJson.Default.EndpointFile)!;
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(endpoint with { Url = stranger.Url }, WireJson.Default.EndpointFile));
        var (code, output) = await own.CliAsync("status");
        Assert.Equal(9, code);
        Assert.Contains($"{stranger.Url} is answered by another node, not by node node-1", output, StringComparison.Ordinal);
        (code, output) = await own.CliAsync("kill", "--now", "--scope", "symbol/S");
        Assert.Equal(0, code);
        Assert.Contains("is answered by another node", output, StringComparison.Ordinal);
        await own.Node.ExpectAsync("KILLED symbol/S by kill-socket");

        // Its own node gone, the file is what is left.
        await own.Node.KillAsync();
        (code, output) = await own.CliAsync("kill", "--now");
        Assert.Equal(10, code);
        Assert.True(File.Exists(Path.Combine(own.Data, "KILL_SWITCH")), output);
        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(Path.Combine(own.Data, "KILL_SWITCH")) & (UnixFileMode)0b000_111_111);
    }
}
