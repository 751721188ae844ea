namespace ActorOps.Ops.Access;

/// <summary>What the access singleton is asked.</summary>
public abstract record AccessCommand
{
    private AccessCommand()
    {
    }

    /// <summary>Adds a principal; refused when its name is taken, when <paramref name="By"/> is not an admin, and when its roles need a second person.</summary>
    public sealed record Add(Principal Principal, string By) : AccessCommand;

    /// <summary>Voids a principal's token; the last admin's is never void.</summary>
    public sealed record Revoke(string Name, string By) : AccessCommand;

    /// <summary>Gives a principal one-time codes; refused when it has them.</summary>
    public sealed record EnrollCode(string Name, string SealedSecret) : AccessCommand;

    /// <summary>Records what a person has done to a node. One that is told again is recorded once.</summary>
    public sealed record NoteNodeChange(Guid Id, string Node, string Action, string By, string Person, string Reason) : AccessCommand;

    /// <summary>Records what was denied; no reply. The node that denied has joined repeats already.</summary>
    public sealed record Deny(string Principal, string What, string Why, string Address) : AccessCommand
    {
        /// <summary>How many denials this stands for; null: one.</summary>
        public int? Count { get; init; }
    }
}
