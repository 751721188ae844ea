using System.Collections.Immutable;

namespace ActorOps.Ops.Procedures;

/// <summary>Fold of the procedures' events: those that run, and the last ones that are over.</summary>
internal sealed record ProcedureState(ImmutableDictionary<Guid, Procedure> Procedures)
{
    private const int MostEnded = 200;

    public static ProcedureState Empty { get; } = new(ImmutableDictionary<Guid, Procedure>.Empty);

    public IEnumerable<Procedure> Running => Procedures.Values.Where(procedure => procedure.EndedAt is null).OrderBy(procedure => procedure.ProcedureId);

    public static ProcedureState Apply(ProcedureState state, ProcedureEvent e) => e switch
    {
        ProcedureEvent.Started started => new(state.Procedures.SetItem(started.Procedure.ProcedureId, started.Procedure)),
        ProcedureEvent.Kept kept => new(state.Procedures.SetItem(kept.Procedure.ProcedureId, kept.Procedure)),
        ProcedureEvent.StepIntended intended => state.Change(intended.ProcedureId, procedure => procedure.With(intended.Step, step => step with { State = StepState.Intended, Attempts = intended.Attempt, BeganAt = intended.At })),
        ProcedureEvent.StepEnded ended => state.Change(
            ended.ProcedureId,
            procedure => procedure.With(ended.Step, step => step with { State = ended.State, Detail = ended.Detail, EndedAt = ended.At }) with { Certificate = ended.Certificate ?? procedure.Certificate }),
        ProcedureEvent.Ended ended => state.Change(ended.ProcedureId, procedure => procedure with { Outcome = ended.Outcome, Certificate = ended.Certificate, EndedAt = ended.At }).Trim(),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private ProcedureState Change(Guid id, Func<Procedure, Procedure> change) => Procedures.TryGetValue(id, out var procedure)
        ? new(Procedures.SetItem(id, change(procedure)))
        : throw new InvalidOperationException($"There is no procedure {id}.");

    private ProcedureState Trim()
    {
        var ended = Procedures.Values.Where(procedure => procedure.EndedAt is not null).OrderByDescending(procedure => procedure.ProcedureId).Skip(MostEnded);
        return new(Procedures.RemoveRange(ended.Select(procedure => procedure.ProcedureId)));
    }
}
