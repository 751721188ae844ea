using Microsoft.Extensions.Logging;

namespace ActorOps.TestKit;

/// <summary>One logged event, with the scopes it was logged in.</summary>
public sealed record LogLine(string Category, int Id, LogLevel Level, string Text, Exception? Exception, string? Scope);
