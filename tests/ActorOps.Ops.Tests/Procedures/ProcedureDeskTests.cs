using ActorOps.Kernel.Actors;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Tests.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Procedures;

public class ProcedureDeskTests
{
    /// <summary>The singleton answers from another node, and its journal has not been read here yet.</summary>
    [Fact]
    public async Task A_procedure_is_known_where_it_was_asked_for_as_soon_as_it_is_answered()
    {
        var time = new VirtualTimeProvider();
        var stored = ProcedureState.Empty;
        var desk = new ProcedureDesk(new ProcedureKinds([]), () => stored, new ForwardingPeers { Holder = new Accepting() }, time, NullLogger.Instance);
        var asked = new Procedure(new Guid("00000000-0000-7000-8000-000000000001"), "rollback", Scope.Firm, "odd fills", "a", "alice", time.GetUtcNow());
        await desk.StartAsync(asked, mayRunAlone: false);
        Assert.Same(asked, desk.Find(asked.ProcedureId));
        Assert.Same(asked, Assert.Single(desk.All));

        var ended = asked with { Outcome = "DONE", EndedAt = time.GetUtcNow() };
        stored = new ProcedureState(stored.Procedures.Add(asked.ProcedureId, ended));
        Assert.Same(ended, desk.Find(asked.ProcedureId));
        Assert.Same(ended, Assert.Single(desk.All));
    }

    private sealed class Accepting : ActorRef
    {
        public override ActorPath Path { get; } = ActorPath.Root("procedures");

        public override void Tell(object message, ActorRef sender) => sender.Tell(new ProcedureReply.Accepted(((ProcedureCommand.Start)message).Procedure));
    }
}
