using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Connecting;

/// <summary>Where the nodes are and with which token: flag, environment, then the file a node on this machine leaves. The first one is preferred.</summary>
internal sealed record Endpoint(IReadOnlyList<Uri> Servers, string? Token, string? DataDirectory)
{
    /// <summary>True when nobody gave an address: this machine's own node is meant.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The node that the address was read of; null when somebody gave the address.</summary>
    public EndpointFile? Expected { get; init; }

    /// <summary>File that the token was read of, or should have been; null: none is known.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Why the token in that file cannot be sent; null: it can, or there is none.</summary>
    public string? TokenProblem { get; init; }

    /// <summary>Process of the node that <c>endpoint.json</c> names; it may have ended.</summary>
    public int? Process { get; init; }

    public static Endpoint? Find(string? server, string? tokenFile, out string problem)
    {
        problem = string.Empty;
        server ??= Environment.GetEnvironmentVariable("ACTOROPS_SERVER");
        tokenFile ??= Environment.GetEnvironmentVariable("ACTOROPS_TOKEN_FILE");
        var data = Path.GetFullPath(Environment.GetEnvironmentVariable("ACTOROPS_DATA") ?? "data");
        EndpointFile? file = null;
        try
        {
            var path = Path.Combine(data, "endpoint.json");
            file = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), WireJson.Default.EndpointFile) : null;
            var token = tokenFile ?? file?.TokenFile ?? (File.Exists(Path.Combine(data, "admin.token")) ? Path.Combine(data, "admin.token") : null);
            var (text, tokenProblem) = token is null ? (null, null) : TokenText.Read(token);
            var names = (server ?? file?.Url ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var servers = names.Select(name => Uri.TryCreate(name, UriKind.Absolute, out var uri) ? uri : null).OfType<Uri>().ToList();
            if (servers.Count > 0 && servers.Count == names.Length)
            {
                problem = tokenProblem ?? string.Empty;
                return new Endpoint(servers, text, Directory.Exists(data) ? data : null)
                {
                    IsLocal = server is null,
                    Expected = server is null ? file : null,
                    TokenFile = token,
                    TokenProblem = tokenProblem,
                    Process = file?.Pid,
                };
            }

            problem = server is null
                ? "no node found: give --server URL, set ACTOROPS_SERVER, or run where the node's ./data is (ACTOROPS_DATA names another)"
                : $"'{server}' is not an address; expected one such as http://127.0.0.1:8080, or several separated by commas";
            return Directory.Exists(data) ? new Endpoint([new Uri("http://127.0.0.1:8080")], text, data) { IsLocal = server is null, TokenFile = token, TokenProblem = tokenProblem } : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            problem = error.Message;
            return null;
        }
    }
}
