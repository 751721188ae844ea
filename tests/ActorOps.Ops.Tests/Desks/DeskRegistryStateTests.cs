using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Desks;

public class DeskRegistryStateTests
{
    [Fact]
    public void A_target_that_has_left_is_still_remembered()
    {
        var desk = OpsHarness.Desk;
        var state = DeskRegistryState.Apply(DeskRegistryState.Empty, new DeskEvent.DeskRegistered(desk, "test"));
        state = DeskRegistryState.Apply(state, new DeskEvent.DeskRegistered(desk with { Strategies = [desk.Strategies[0]] }, "test"));
        var registry = new DeskRegistry();
        registry.Replace(state);
        Assert.Null(registry.FindStrategy("t"));
        Assert.Contains(Scope.Strategy("t"), registry.EverKnown);
        Assert.Null(ScopeSuggestions.For(registry.EverKnown, Scope.Strategy("t")));
    }
}
