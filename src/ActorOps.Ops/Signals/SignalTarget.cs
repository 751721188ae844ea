using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>Where signals of one target go.</summary>
/// <param name="id">The target.</param>
/// <param name="desk">The desk it belongs to; the only one that may speak for it.</param>
/// <param name="shard">The shard it belongs to.</param>
/// <param name="inbox">Its supervisor's stream; null: the supervisor is on another node.</param>
internal sealed class SignalTarget(TargetId id, string desk, string shard, SignalInbox? inbox)
{
    public TargetId Id { get; } = id;

    public string Desk { get; } = desk;

    public string Shard { get; } = shard;

    public SignalInbox? Inbox { get; } = inbox;
}
