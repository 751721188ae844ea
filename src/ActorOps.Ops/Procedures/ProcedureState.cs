using System.Collections.Immutable;

namespace ActorOps.Ops.Procedures;

/// <summary>Fold of the procedures' events: those that run, the last ones that are over, and of more of these the ids: none of them is begun again.</summary>
internal sealed record ProcedureState(ImmutableDictionary<Guid, Procedure> Procedures)
{
    private const int MostEnded = 200;
    private const int MostForgotten = 10_000;
    private ImmutableHashSet<Guid> _forgotten = [];
    private ImmutableQueue<Guid> _forgottenInOrder = [];

    public static ProcedureState Empty { get; } = new(ImmutableDictionary<Guid, Procedure>.Empty);

    public IEnumerable<Procedure> Running => Procedures.Values.Where(procedure => procedure.EndedAt is null).OrderBy(procedure => procedure.ProcedureId);

    /// <summary>True for one that is over and of which only that is remembered.</summary>
    public bool IsForgotten(Guid id) => _forgotten.Contains(id);

    public static ProcedureState Apply(ProcedureState state, ProcedureEvent e) => e switch
    {
        ProcedureEvent.Started started => state with { Procedures = state.Procedures.SetItem(started.Procedure.ProcedureId, started.Procedure) },
        ProcedureEvent.Kept kept => (state with { Procedures = state.Procedures.SetItem(kept.Procedure.ProcedureId, kept.Procedure) }).Trim(),
        ProcedureEvent.StepIntended intended => state.Change(intended.ProcedureId, procedure => procedure.With(intended.Step, step => step with { State = StepState.Intended, Attempts = intended.Attempt, BeganAt = intended.At })),
        ProcedureEvent.StepEnded ended => state.Change(
            ended.ProcedureId,
            procedure => procedure.With(ended.Step, step => step with { State = ended.State, Detail = ended.Detail, EndedAt = ended.At }) with { Certificate = ended.Certificate ?? procedure.Certificate }),
        ProcedureEvent.Ended ended => state.Change(ended.ProcedureId, procedure => procedure with { Outcome = ended.Outcome, Certificate = ended.Certificate, EndedAt = ended.At }).Trim(),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private ProcedureState Change(Guid id, Func<Procedure, Procedure> change) => Procedures.TryGetValue(id, out var procedure)
        ? this with { Procedures = Procedures.SetItem(id, change(procedure)) }
        : throw new InvalidOperationException($"There is no procedure {id}.");

    /// <summary>By age: an id that a caller's key was made into says nothing about that.</summary>
    private ProcedureState Trim()
    {
        List<Procedure> old = [.. Procedures.Values.Where(procedure => procedure.EndedAt is not null).OrderByDescending(procedure => procedure.EndedAt).ThenBy(procedure => procedure.ProcedureId).Skip(MostEnded)];
        if (old.Count == 0)
        {
            return this;
        }

        var (forgotten, order) = (_forgotten, _forgottenInOrder);
        foreach (var procedure in old)
        {
            (forgotten, order) = (forgotten.Add(procedure.ProcedureId), order.Enqueue(procedure.ProcedureId));
            while (forgotten.Count > MostForgotten)
            {
                order = order.Dequeue(out var oldest);
                forgotten = forgotten.Remove(oldest);
            }
        }

        return this with { Procedures = Procedures.RemoveRange(old.Select(procedure => procedure.ProcedureId)), _forgotten = forgotten, _forgottenInOrder = order };
    }
}
