using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>What persons do who take risk off and add it back: people with authenticators, a broker that can be asked.</summary>
public static class RiskTrading
{
    /// <summary>Starts node and desk, with the desk's broker connected to the node.</summary>
    public static async Task<string> StartWithBrokerAsync(this Trading trading, string[] sets, params string[] desk)
    {
        var port = FreePort();
        var broker = $"http://127.0.0.1:{port}";
        await trading.StartAsync([$"actorops.brokers.paper-broker.url={broker}", .. sets], ["--control-port", $"{port}", .. desk]);
        return broker;
    }

    /// <summary>Adds a person with a token file and an authenticator.</summary>
    public static async Task<Authenticator> AddPersonAsync(this Trading trading, string name, string role = "risk")
    {
        var (code, token) = await trading.CliAsync("access", "add", name, "--person", name, "--role", role, "--confirm", name);
        Assert.Equal(0, code);
        await File.WriteAllTextAsync(trading.Folder.File($"{name}.token"), token.Split('\n').Single(line => line.Length == 64));
        return await trading.EnrollAsync($"{name}.token");
    }

    /// <summary>Enrols whoever has a token.</summary>
    public static async Task<Authenticator> EnrollAsync(this Trading trading, string? tokenFile = null)
    {
        var (code, output) = await trading.CliAsync(["access", "enroll", "--quiet", "-o", "json", .. tokenFile is null ? (string[])[] : ["--token-file", tokenFile]]);
        Assert.True(code == 0, output);
        using var json = JsonDocument.Parse(output);
        return new Authenticator(json.RootElement.GetProperty("uri").GetString()!);
    }

    /// <summary>Asks for a reset and signs what the system cannot verify; its id.</summary>
    public static async Task<string> AskForResetAsync(this Trading trading, string tripId, params string[] more)
    {
        Assert.Equal(7, (await trading.CliAsync(["kill", "reset", tripId, "--root-cause", "bug", "--reason", "fixed", "--confirm", tripId, .. more])).Code);
        var reset = (await trading.KillSwitchAsync()).Resets[^1].ResetId.ToString();
        using var client = trading.Admin;
        foreach (var check in (await client.GetAsync($"api/v1/kill-switch/resets/{reset}", WireJson.Default.ResetView)).Checks!.Where(check => check.State == "Open"))
        {
            Assert.Equal(0, (await trading.CliAsync("kill", "sign", reset, check.Item, "--reason", "compared with the statement", "--confirm", reset)).Code);
        }

        return reset;
    }

    /// <summary>What a desk's door answers.</summary>
    public static async Task<string> GetAsync(string door, string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(door + path);
    }

    /// <summary>Asks something of a desk's door.</summary>
    public static async Task PostAsync(string door, string path)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(door + path, null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A port below those of outgoing connections.</summary>
    public static int FreePort()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException) when (attempt < 20)
            {
                // Taken; another one then.
            }
        }
    }
}
