using ActorOps.Kernel;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops;
using ActorOps.Ops.Gates;
using ActorOps.Server.Clustering;
using ActorOps.Server.Configuration;
using ActorOps.Server.Http.Security;
using ActorOps.Server.Metrics;
using ActorOps.Storage;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>What the doors of a node work with.</summary>
internal sealed record NodeServices(NodeConfiguration Configuration, OpsSystem Ops, ActorSystem System, IStore Store, GateIdentity Identity)
{
    private readonly Lock _console = new();

    public required DataDirectory Directory { get; init; }

    public required ClusterHost Cluster { get; init; }

    /// <summary>Supervisors of all nodes.</summary>
    public SupervisorDirectory Supervisors => field ??= new SupervisorDirectory(this);

    /// <summary>How things stand.</summary>
    public SituationWatch Situation => field ??= new SituationWatch(this);

    public required TextWriter Console { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>This node's own way in for emergencies; null before its file could be written.</summary>
    public BreakGlass? BreakGlass { get; set; }

    /// <summary>Whose a token is now.</summary>
    public Credentials Credentials => field ??= new Credentials(Ops.AccessBoard, () => BreakGlass);

    /// <summary>Journals what was denied.</summary>
    public Denials Denials => field ??= new Denials(this);

    public NodeMetrics Metrics { get; } = new();

    public DateTimeOffset Now => System.TimeProvider.GetUtcNow();

    public long NowMs => System.TimeProvider.GetMilliseconds();

    public long StartedMs { get; } = System.TimeProvider.GetMilliseconds();

    public static string Version { get; } = typeof(NodeServices).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>One line on the terminal.</summary>
    public void Say(string line)
    {
        lock (_console)
        {
            Console.WriteLine($"{Now:HH:mm:ss.fff} {line}");
            Console.Flush();
        }
    }
}
