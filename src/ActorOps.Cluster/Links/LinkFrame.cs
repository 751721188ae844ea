using System.Text.Json;

namespace ActorOps.Cluster.Links;

/// <summary>One message on a link, a line of JSON.</summary>
/// <param name="Kind">Which kind, by the catalog.</param>
/// <param name="To">Logical name of the receiver, such as <c>singleton/desks</c>.</param>
/// <param name="Trace">Id of what caused it, if known.</param>
/// <param name="Body">The message.</param>
public sealed record LinkFrame(string Kind, string To, string? Trace, JsonElement Body);
