using System.Globalization;
using ActorOps.Client.Wire;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Output;

/// <summary>The overview as rows: the situation first, then the nodes, then each scope that is not ACTIVE with why, since and next.</summary>
internal static class StatusText
{
    private const int MostRows = 20;

    public static IEnumerable<string?[]> Rows(StatusView status, DateTimeOffset now)
    {
        var rows = new List<string?[]>();
        if (status.Situation is { } situation)
        {
            rows.Add(["state", $"{situation.State}, since {Since(situation.Since, now)}"]);
            rows.Add(["why", situation.Sentence]);
            rows.Add(["next", situation.Next ?? "nothing"]);
        }

        rows.Add(["node", $"{status.Node.Id} ({status.Node.Region}), {status.Node.State}, up {DurationText.OfMs(status.Node.UptimeMs)}, version {status.Node.Version}"]);
        if (status.Nodes is { } nodes)
        {
            rows.Add(["nodes", Nodes(nodes, now)]);
        }

        rows.AddRange(Cut(status.Effective, scope => Scope(scope, now, status.Nodes?.TrustEndedAt), "scopes"));
        rows.AddRange(Cut([.. status.Situation?.Findings.Skip(1).Where(finding => finding.Kind is not ("trip" or "hold")) ?? []], finding => Finding(finding, now), "findings"));
        rows.Add(["trips", status.Trips == 0 ? "none" : $"{status.Trips} standing"]);
        rows.Add(["supervisors", status.Verdicts.Count == 0 ? "none" : string.Join(", ", status.Verdicts.OrderBy(verdict => verdict.Key, StringComparer.Ordinal).Select(verdict => $"{verdict.Value} {verdict.Key}"))]);
        rows.Add(["escalations", $"{status.OpenEscalations}"]);
        rows.AddRange(status.Desks.Select(desk => new[] { $"desk {desk.Desk}", $"{(desk.Connected ? "connected" : "NOT CONNECTED")}, {desk.Strategies} strategies, {desk.Region}" }));
        return rows;
    }

    /// <summary>When something began, and how long ago that is.</summary>
    public static string Since(DateTimeOffset since, DateTimeOffset now) =>
        $"{since.UtcDateTime.ToString(now - since < TimeSpan.FromHours(20) ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC ({DurationText.Of(now > since ? now - since : TimeSpan.Zero)})";

    private static string Nodes(NodesView nodes, DateTimeOffset now)
    {
        var missing = nodes.Missing.Count == 0 ? string.Empty : $"; missing: {string.Join(", ", nodes.Missing)}";
        return $"{nodes.Up} of {nodes.Known} up{missing}{(nodes.TrustEndedAt is { } ended ? $"; NOT TRUSTED: trust {DurationText.Ending(ended - now)}, nodes as of {Since(nodes.AsOf, now)}" : "; store trusted")}";
    }

    /// <summary>Without trust the kill switch may say ACTIVE, and still nobody has a permit.</summary>
    private static string?[] Scope(ScopeView scope, DateTimeOffset now, DateTimeOffset? trustEndedAt) =>
    [
        scope.Scope,
        scope.Level == "ACTIVE" ? trustEndedAt is { } ended ? $"REDUCE_ONLY at desks without a permit, since {Since(ended, now)}; the kill switch itself holds nothing" : scope.Level
            : $"{scope.Level}{(scope.Since is { } since ? $", since {Since(since, now)}" : string.Empty)}: {scope.Why ?? scope.Cause}{(scope.Next is { } next ? $"; next: {next}" : string.Empty)}",
    ];

    private static string?[] Finding(FindingView finding, DateTimeOffset now) =>
        ["also", $"{finding.Text}{(finding.Since is { } since ? $" (since {Since(since, now)})" : string.Empty)}{(finding.Next is { } next ? $"; next: {next}" : string.Empty)}"];

    private static IEnumerable<string?[]> Cut<T>(IReadOnlyList<T> items, Func<T, string?[]> row, string what) =>
        items.Take(MostRows).Select(row).Concat(items.Count > MostRows ? [["...", $"{items.Count - MostRows} more {what}; see -o json"]] : []);
}
