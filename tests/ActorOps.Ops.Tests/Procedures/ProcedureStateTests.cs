using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Procedures;

public class ProcedureStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ids that are made of callers' keys are in no order: the newest of all may have the smallest.</summary>
    [Fact]
    public void What_is_let_go_of_is_the_oldest_whatever_its_id_and_is_never_begun_again()
    {
        var ids = Enumerable.Range(0, 500).Select(i => new Guid(500 - i, 0, 0, new byte[8])).ToList();
        var state = ids.Select((id, i) => (id, i)).Aggregate(ProcedureState.Empty, (current, next) => End(Begin(current, next.id, next.i), next.id, next.i));
        Assert.Equal(ids[300..].Order(), state.Procedures.Keys.Order());
        Assert.All(ids[..300], id => Assert.True(state.IsForgotten(id)));
        Assert.All(ids[300..], id => Assert.False(state.IsForgotten(id)));
    }

    [Fact]
    public void One_that_runs_is_never_let_go_of()
    {
        var running = new Guid(1, 0, 0, new byte[8]);
        var state = Begin(ProcedureState.Empty, running, 0);
        for (var i = 1; i < 300; i++)
        {
            var id = new Guid(1000 + i, 0, 0, new byte[8]);
            state = End(Begin(state, id, i), id, i);
        }

        Assert.Equal(running, Assert.Single(state.Running).ProcedureId);
    }

    private static ProcedureState Begin(ProcedureState state, Guid id, int minute) =>
        ProcedureState.Apply(state, new ProcedureEvent.Started(new Procedure(id, "rollback", Scope.Firm, "r", "p", "p", Start.AddMinutes(minute))));

    private static ProcedureState End(ProcedureState state, Guid id, int minute) => ProcedureState.Apply(state, new ProcedureEvent.Ended(id, "DONE", null, Start.AddMinutes(minute)));
}
