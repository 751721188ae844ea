namespace ActorOps.Ops.Procedures;

/// <summary>Answers about procedures.</summary>
internal abstract record ProcedureReply
{
    /// <summary>On record, and on its way.</summary>
    public sealed record Accepted(Procedure Procedure) : ProcedureReply;

    /// <summary>Refused; nothing was begun.</summary>
    public sealed record Rejected(string Code, string Why) : ProcedureReply;
}
