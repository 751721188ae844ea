using ActorOps.Ops.Brokers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Resets;

/// <summary>What supervisors, members and brokers say.</summary>
internal sealed class ResetFacts(ScopeWatch watch, BrokerConnections brokers, BrokerScopes scopes, TimeProvider time) : IResetFacts
{
    private static readonly TimeSpan AskBrokersWithin = TimeSpan.FromSeconds(3);

    public string? ClusterProblem() => watch.ClusterProblem();

    public ScopeHealth HealthOf(Scope scope, IReadOnlyCollection<string> ignored) => watch.HealthOf(scope, ignored);

    public Task<ScopeHealth> OpenOrdersAsync(Scope scope) => WithinAsync(limit => brokers.OpenOrdersAsync(scope, scopes, limit), ScopeHealth.Unknown);

    public Task<string> PositionsAsync(Scope scope) => WithinAsync(limit => brokers.PositionsAsync(scope, scopes, limit), static why => why);

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, Func<string, T> silent)
    {
        using var limit = new CancellationTokenSource(AskBrokersWithin, time);
        try
        {
            return await ask(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return silent($"the brokers did not answer within {AskBrokersWithin.TotalSeconds:0} s");
        }
    }
}
