using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;

namespace ActorOps.Ops.Changes;

/// <summary>What is asked about changes.</summary>
internal abstract record ChangeCommand
{
    private ChangeCommand()
    {
    }

    public sealed record Request(Principal By, string Kind, string Subject, string Summary, string? Argument, string Reason, TimeSpan? Life) : ChangeCommand;

    /// <summary>A desk's registration waits for two people. Nobody asks for this by himself: the registry does.</summary>
    public sealed record Propose(string Desk, string Hash, string Summary, string Principal, string Person) : ChangeCommand;

    public sealed record Approve(Approval Approval, Guid ChangeId) : ChangeCommand;

    public sealed record End(Principal By, Guid ChangeId, string Reason) : ChangeCommand;
}
