using System.Text.Json.Serialization;

namespace ActorOps.Ops.Desks;

/// <summary>What has happened to the registry.</summary>
[JsonDerivedType(typeof(DeskRegistered), "desks.registered.v1")]
[JsonDerivedType(typeof(DeskChangeProposed), "desks.change-proposed.v1")]
[JsonDerivedType(typeof(DeskProposalWithdrawn), "desks.proposal-withdrawn.v1")]
public abstract record DeskEvent
{
    private DeskEvent()
    {
    }

    /// <summary>A desk is registered as this from now on.</summary>
    /// <param name="Desk">The desk.</param>
    /// <param name="By">Whose word it was.</param>
    public sealed record DeskRegistered(Desk Desk, string By) : DeskEvent
    {
        /// <summary>When; null: an older version did not say.</summary>
        public DateTimeOffset? At { get; init; }

        /// <summary>A node's configuration names the desk.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsConfigured { get; init; }

        /// <summary>Hash of the proposal that two people agreed to; null: nothing needed them.</summary>
        public string? Approved { get; init; }
    }

    /// <summary>A desk asks to be this, which waits for two people. What was asked for before it no longer counts.</summary>
    public sealed record DeskChangeProposed(DeskProposal Proposal, string By) : DeskEvent;

    /// <summary>A desk no longer asks for what waits.</summary>
    public sealed record DeskProposalWithdrawn(string Desk, string By, DateTimeOffset At) : DeskEvent;
}
