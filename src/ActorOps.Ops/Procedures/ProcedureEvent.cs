using System.Text.Json.Serialization;
using ActorOps.Ops.Emergencies;

namespace ActorOps.Ops.Procedures;

/// <summary>What has happened to procedures.</summary>
[JsonDerivedType(typeof(Started), "procedures.started.v1")]
[JsonDerivedType(typeof(StepIntended), "procedures.step-intended.v1")]
[JsonDerivedType(typeof(StepEnded), "procedures.step-ended.v1")]
[JsonDerivedType(typeof(Ended), "procedures.ended.v1")]
[JsonDerivedType(typeof(Kept), "procedures.kept.v1")]
public abstract record ProcedureEvent
{
    private ProcedureEvent()
    {
    }

    /// <summary>It is on its way.</summary>
    public sealed record Started(Procedure Procedure) : ProcedureEvent;

    /// <summary>A step is about to be done.</summary>
    public sealed record StepIntended(Guid ProcedureId, string Step, int Attempt, DateTimeOffset At) : ProcedureEvent;

    /// <summary>What came of a step.</summary>
    public sealed record StepEnded(Guid ProcedureId, string Step, StepState State, string Detail, DateTimeOffset At) : ProcedureEvent
    {
        /// <summary>Orders and positions, where it looked at a broker.</summary>
        public Certificate? Certificate { get; init; }
    }

    /// <summary>It is over.</summary>
    public sealed record Ended(Guid ProcedureId, string Outcome, Certificate? Certificate, DateTimeOffset At) : ProcedureEvent;

    /// <summary>A node ran this one alone while the store was away.</summary>
    public sealed record Kept(Procedure Procedure) : ProcedureEvent;
}
