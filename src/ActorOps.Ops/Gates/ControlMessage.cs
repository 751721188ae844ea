using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Gates;

/// <summary>An order to a desk.</summary>
/// <param name="Id">Unique; the desk applies it at most once.</param>
/// <param name="Kind">Such as <c>switch-feed</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Arguments">What else it needs.</param>
/// <param name="CreatedAt">When; those that add risk or change something grow too old.</param>
public sealed record ControlMessage(Guid Id, string Kind, string Scope, IReadOnlyDictionary<string, string> Arguments, DateTimeOffset CreatedAt)
{
    /// <summary>Halt, reduce-only and cancel-all are good at any time.</summary>
    public bool NeverExpires => Kind is "halt" or "reduce-only" or "cancel-all";

    internal OutboxMessage ToOutbox(string desk) => new(Id, Destination(desk), JsonSerializer.Serialize(this, GateJson.Default.ControlMessage));

    internal static string Destination(string desk) => "desk/" + desk;
}
