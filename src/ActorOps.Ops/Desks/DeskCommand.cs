namespace ActorOps.Ops.Desks;

/// <summary>What the registry's singleton is asked.</summary>
public abstract record DeskCommand
{
    private DeskCommand()
    {
    }

    /// <summary>Register a desk as this.</summary>
    public sealed record Register(Desk Desk, string By) : DeskCommand;
}
