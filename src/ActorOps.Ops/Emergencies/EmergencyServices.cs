using ActorOps.Ops.Brokers;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Emergencies;

/// <summary>What emergency steps work with.</summary>
/// <param name="KillSwitch">Trips.</param>
/// <param name="Brokers">Connections to brokers.</param>
/// <param name="Registry">Desks.</param>
/// <param name="FindChange">The open change of a kind and subject; null: there is none (any more).</param>
/// <param name="Time">Clock.</param>
internal sealed record EmergencyServices(KillSwitch KillSwitch, BrokerConnections Brokers, DeskRegistry Registry, Func<string, string, ChangeRequest?> FindChange, TimeProvider Time)
{
    public BrokerScopes Scopes { get; } = new(Registry);
}
