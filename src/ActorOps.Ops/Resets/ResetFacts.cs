using ActorOps.Ops.Brokers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Resets;

/// <summary>What supervisors, members and brokers say.</summary>
internal sealed class ResetFacts(ScopeWatch watch, BrokerConnections brokers, BrokerScopes scopes, TimeProvider time) : IResetFacts
{
    private static readonly TimeSpan AskBrokersWithin = TimeSpan.FromSeconds(3);

    public string? ClusterProblem() => watch.ClusterProblem();

    public ScopeHealth HealthOf(Scope scope, IReadOnlyCollection<string> ignored) => watch.HealthOf(scope, ignored);

    public async Task<ScopeHealth> OpenOrdersAsync(Scope scope)
    {
        using var limit = new CancellationTokenSource(AskBrokersWithin, time);
        try
        {
            return await brokers.OpenOrdersAsync(scope, scopes, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ScopeHealth.Unknown($"the brokers did not answer within {AskBrokersWithin.TotalSeconds:0} s");
        }
    }
}
