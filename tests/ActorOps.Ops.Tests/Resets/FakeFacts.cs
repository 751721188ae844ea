using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Resets;

internal sealed class FakeFacts : IResetFacts
{
    public string? Problem { get; set; }

    public ScopeHealth Health { get; set; } = ScopeHealth.Good("well");

    public ScopeHealth Orders { get; set; } = ScopeHealth.Good("none");

    public IReadOnlyCollection<string> Ignored { get; private set; } = [];

    public string? ClusterProblem() => Problem;

    public ScopeHealth HealthOf(Scope scope, IReadOnlyCollection<string> ignored)
    {
        Ignored = ignored;
        return Health;
    }

    public Task<ScopeHealth> OpenOrdersAsync(Scope scope) => Task.FromResult(Orders);

    public string Positions { get; set; } = "b has no positions";

    public Task<string> PositionsAsync(Scope scope) => Task.FromResult(Positions);
}
