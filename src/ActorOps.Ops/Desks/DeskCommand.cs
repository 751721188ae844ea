namespace ActorOps.Ops.Desks;

/// <summary>What the registry's singleton is asked.</summary>
public abstract record DeskCommand
{
    private DeskCommand()
    {
    }

    /// <summary>Register a desk as this.</summary>
    /// <param name="Desk">The desk as it is to be.</param>
    /// <param name="By">Name of the credential.</param>
    /// <param name="IsConfiguration">A node's configuration says it, and not a desk.</param>
    public sealed record Register(Desk Desk, string By, bool IsConfiguration = false) : DeskCommand;
}
