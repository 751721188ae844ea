using ActorOps.Integrations.Alpaca;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rollbacks;
using ActorOps.Ops.Rules;

namespace ActorOps.Server.Configuration;

/// <summary>Everything under <c>actorops</c>. Defaults and prose stand in <c>reference.conf</c>.</summary>
internal sealed class NodeOptions
{
    public string Data { get; init; } = string.Empty;

    public IdentityOptions Node { get; init; } = new();

    public ClusterOptions Cluster { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    public QuotaOptions Quotas { get; init; } = new();

    public LogOptions Logs { get; init; } = new();

    public TimeSpan ShutdownTimeout { get; init; }

    public TimeSpan SlowMessage { get; init; }

    public Dictionary<string, DeskOptions> Desks { get; init; } = [];

    public RuleOptions Rules { get; init; } = new();

    public KillSwitchOptions KillSwitch { get; init; } = new();

    public GateOptions Gate { get; init; } = new();

    public RollbackOptions Rollback { get; init; } = new();

    public Dictionary<string, AlpacaOptions> Brokers { get; init; } = [];
}
