using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Situations;

/// <summary>A scope that is not ACTIVE, with what a person wants to know of it.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Level">Its level.</param>
/// <param name="Cause"><c>trip:ID</c> or <c>hold:WHY</c>.</param>
/// <param name="Why">The cause in words.</param>
/// <param name="Since">When it began; null when that is not known.</param>
/// <param name="Next">A command that a person can type next.</param>
public sealed record ScopeStanding(Scope Scope, TradingState Level, string Cause, string Why, DateTimeOffset? Since, string? Next);
