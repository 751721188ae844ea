using System.Text.Json;
using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>One node of a cluster as a process, under its own manager where it has one.</summary>
public sealed class ClusterNodeProcess(string name, string data, ManagedProcess process)
{
    public string Name => name;

    public string Data => data;

    /// <summary>The manager, or the node itself where it has none.</summary>
    public ManagedProcess Process { get; set; } = process;

    /// <summary>What the node last said of itself; null before it was ready.</summary>
    public EndpointFile? Endpoint
    {
        get
        {
            var path = Path.Combine(data, "endpoint.json");
            try
            {
                return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), WireJson.Default.EndpointFile) : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>The node's own process.</summary>
    public int Pid => Ready.Pid;

    public string Url => Ready.Url;

    /// <summary>The others may know that it is up before it has said so itself: until then it is not reached.</summary>
    private EndpointFile Ready => Endpoint ?? throw new HttpRequestException($"{name} has not said where it is.");

    public void Signal(string signal) => ManagedProcess.Signal(Pid, signal);

    public ActorOpsClient Client(string? token, TimeSpan? timeout = null) => new(new Uri(Url), token, timeout);
}
