namespace ActorOps.Storage.Tests.Postgres;

/// <summary>Tests of the engine run one after the other: the feed's horizon is that of the whole server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresSuite : ICollectionFixture<PostgresFixture>
{
    public const string Name = "postgres";
}
