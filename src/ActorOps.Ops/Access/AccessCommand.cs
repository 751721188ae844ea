namespace ActorOps.Ops.Access;

/// <summary>What the access singleton is asked.</summary>
public abstract record AccessCommand
{
    private AccessCommand()
    {
    }

    /// <summary>Adds a principal; refused when its name is taken.</summary>
    public sealed record Add(Principal Principal, string By) : AccessCommand;

    /// <summary>Voids a principal's token.</summary>
    public sealed record Revoke(string Name, string By) : AccessCommand;

    /// <summary>Gives a principal one-time codes; refused when it has them.</summary>
    public sealed record EnrollCode(string Name, string SealedSecret) : AccessCommand;

    /// <summary>Records what a person has done to a node. One that is told again is recorded once.</summary>
    public sealed record NoteNodeChange(Guid Id, string Node, string Action, string By, string Person, string Reason) : AccessCommand;

    /// <summary>Records what was denied; no reply. At most ten a second are kept.</summary>
    public sealed record Deny(string Principal, string What, string Why, string Address) : AccessCommand;
}
