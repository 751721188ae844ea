using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops;

/// <summary>Settings of the domain.</summary>
public sealed class OpsOptions
{
    /// <summary>Limits.</summary>
    public RuleOptions Rules { get; init; } = new();

    /// <summary>Kill switch.</summary>
    public KillSwitchOptions KillSwitch { get; init; } = new();

    /// <summary>What it reaches outside.</summary>
    public required OpsOutside Outside { get; init; }

    /// <summary>Permits.</summary>
    public GateOptions Gate { get; init; } = new();
}
