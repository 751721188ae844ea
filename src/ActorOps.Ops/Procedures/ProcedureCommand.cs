namespace ActorOps.Ops.Procedures;

/// <summary>What the singleton of procedures is asked.</summary>
internal abstract record ProcedureCommand
{
    /// <summary>Begin it, unless it has begun: the id is the key.</summary>
    public sealed record Start(Procedure Procedure) : ProcedureCommand;

    /// <summary>Keep the record of one that a node has run alone while the store was away.</summary>
    public sealed record Keep(Procedure Procedure) : ProcedureCommand;
}
