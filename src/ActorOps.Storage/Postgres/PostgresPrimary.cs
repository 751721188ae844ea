namespace ActorOps.Storage.Postgres;

/// <summary>A server that takes writes.</summary>
/// <param name="Host">The server.</param>
/// <param name="Timeline">Raised by PostgreSQL at each promotion; of two that claim to be primary, the higher one is.</param>
/// <param name="ClockOffset">What to add to this node's wall clock to get the server's.</param>
internal sealed record PostgresPrimary(PostgresHost Host, long Timeline, TimeSpan ClockOffset);
