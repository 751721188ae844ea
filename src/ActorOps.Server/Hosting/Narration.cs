using System.Text.Json;
using ActorOps.Client.Wording;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Server.Hosting;

/// <summary>Journalled events in words for the terminal.</summary>
internal static class Narration
{
    /// <summary>One line, or null for events that are not worth a line.</summary>
    public static string? Line(string kind, JsonElement e) => kind switch
    {
        "supervision.verdict-changed.v1" => $"{Text(e, "target"),-28} {Text(e, "from")} -> {Text(e, "to")}{Reasons(e)}",
        "supervision.hold-began.v1" => $"HOLD {Text(e, "level")} {Text(e, "scope")} by {Text(e, "cause")}: {Text(e, "why")}",
        "supervision.hold-ended.v1" => $"hold {Text(e, "level")} {Text(e, "scope")} by {Text(e, "cause")} has ended after {DurationText.Of(e.GetProperty("at").GetDateTimeOffset() - e.GetProperty("since").GetDateTimeOffset())}",
        "kill-switch.tripped.v1" => Trip(e.GetProperty("trip")),
        "kill-switch.raised-again.v1" => $"trip {Text(e, "tripId")} raised again by {Text(e, "principal")}{(Text(e, "reason") is { Length: > 0 } reason ? $": {reason}" : string.Empty)}",
        "kill-switch.reset-requested.v1" => $"reset {Text(e.GetProperty("request"), "resetId")} requested by {Text(e.GetProperty("request"), "person")}: {Text(e.GetProperty("request"), "reason")}",
        "kill-switch.reset-approved.v1" => $"reset {Text(e, "resetId")} approved by {Text(e, "person")}: its scopes are at REDUCE_ONLY and recover in steps",
        "kill-switch.approval-denied.v1" => $"approval of {Text(e, "resetId")} by {Text(e, "person")} denied: {Text(e, "code")}",
        "feeds.switched.v1" => $"feed {Text(e, "feed")} switched from {Text(e, "from")} to {Text(e, "to")} by {Text(e, "by")}: {Text(e, "reason")}",
        "escalations.raised.v1" => $"{Text(e, "severity")} {Text(e, "target")} -> {Operator(Text(e, "path"))}: {Text(e, "text")}",
        "desks.registered.v1" => $"desk {Text(e.GetProperty("desk"), "id")} registered by {Text(e, "by")}",
        "access.principal-added.v1" => $"principal {Text(e.GetProperty("principal"), "name")} ({Text(e.GetProperty("principal"), "person")}) added by {Text(e, "by")}",
        "access.principal-revoked.v1" => $"principal {Text(e, "name")} revoked by {Text(e, "by")}",
        "access.node-changed.v1" => $"{Text(e, "action")} {Text(e, "node")} by {Text(e, "by")}: {Text(e, "reason")}",
        "access.attempt-denied.v1" => $"denied: {Text(e, "principal")} tried {Text(e, "what")}: {Text(e, "why")}",
        "limits.in-force.v1" when e.GetProperty("changes").GetArrayLength() > 0 => $"limits changed: {string.Join("; ", e.GetProperty("changes").EnumerateArray())}",
        _ => null,
    };

    private static string Trip(JsonElement trip) => trip.Deserialize(KillSwitchJson.Default.Trip) is { } read ? TripText.Line(read) : string.Empty;

    private static string Reasons(JsonElement e) => e.GetProperty("reasons").GetArrayLength() == 0 ? string.Empty : ": " + string.Join("; ", e.GetProperty("reasons").EnumerateArray().Take(3));

    private static string Operator(string path) => path.Split('/').LastOrDefault(part => part.StartsWith("operator-", StringComparison.Ordinal)) ?? "admin";

    private static string Text(JsonElement e, string name) => e.TryGetProperty(name, out var value) ? value.ToString() : string.Empty;
}
