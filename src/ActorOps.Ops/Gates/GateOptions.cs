using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.Gates;

/// <summary>How permits are given.</summary>
public sealed class GateOptions
{
    /// <summary>Life of a permit from the desk's echo on, ms; never above 3000.</summary>
    [Range(500, 3000)]
    public int ValidForMs { get; init; } = 3000;

    /// <summary>Time between two echoes of a desk.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after which an unacknowledged control event is sent again.</summary>
    public TimeSpan ControlResend { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Scopes whose orders wait for contact, reductions included, when a desk is isolated; all others may be reduced.</summary>
    public List<string> HaltOnIsolation { get; init; } = [];

    /// <summary>Sessions that one desk may have open; ones that nobody listens to are ended for a new one.</summary>
    [Range(2, 1000)]
    public int SessionsPerDesk { get; init; } = 16;

    /// <summary>Age at which an order to a desk that changes something is given up.</summary>
    public TimeSpan ControlExpiry { get; init; } = TimeSpan.FromSeconds(60);
}
