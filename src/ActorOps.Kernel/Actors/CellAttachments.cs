using ActorOps.Kernel.Scheduling;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Actors;

/// <summary>What only some actors have. Made on first use, so that an idle actor stays small.</summary>
internal sealed class CellAttachments
{
    public ActorTimers? Timers { get; set; }

    public DeathWatch? DeathWatch { get; set; }

    public SupervisionLedger? Ledger { get; set; }

    public Stash? Stash { get; set; }

    public OwnedTasks? Tasks { get; set; }

    public TimeSpan? ReceiveTimeout { get; set; }

    public Exception? LastFailure { get; set; }

    /// <summary>Children whose failure was escalated.</summary>
    public List<LocalActorRef>? Undecided { get; set; }

    public int Restarts { get; set; }
}
