namespace ActorOps.Storage.Tests.Postgres;

/// <summary>One server for all tests of the engine, each with a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private int _databases;

    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public Task<string> NewDatabaseAsync() => Server.DatabaseAsync($"test{Interlocked.Increment(ref _databases)}");
}
