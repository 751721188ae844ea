using ActorOps.Client.Wire;
using ActorOps.Client.Wording;
using static ActorOps.Server.Http.Pages.MinimalHtml;

namespace ActorOps.Server.Http.Pages;

/// <summary>The situation on top of the page: the same word, sentence, since and next as <c>actorops status</c>. Green stands for ACTIVE alone.</summary>
internal static class BannerHtml
{
    private const int MostFindings = 12;

    public static string Of(SituationView situation, DateTimeOffset now) => $"""
        <div class="banner state {Tone(situation.State)}"><strong>{E(situation.State)}</strong> {E(situation.Sentence)}<p class="mute">since {Since(situation.Since, now)}{(situation.Next is { } next ? $" · next: <code>{E(next)}</code>" : string.Empty)}</p></div>
        """;

    /// <summary>The tab's title, with what is worst.</summary>
    public static string Title(SituationView situation) => $"{situation.State}{(situation.State != "ACTIVE" && situation.Findings.Count > 0 ? $" {situation.Findings[0].Subject}" : string.Empty)} · ActorOps";

    /// <summary>A time, and how long ago it was.</summary>
    internal static string Since(DateTimeOffset since, DateTimeOffset now) =>
        $"{since.UtcDateTime.ToString(now - since < TimeSpan.FromHours(20) ? "HH:mm:ss" : "yyyy-MM-dd HH:mm")} UTC ({DurationText.Of(now > since ? now - since : TimeSpan.Zero)})";

    /// <summary>A colour for a state; what is not known here is never green.</summary>
    internal static string Tone(string state) => state switch
    {
        "ACTIVE" => "ok",
        "KILLED" or "CANCEL_ONLY" or "Critical" or "LATCH FAILED" or "STOPPED" => "crit",
        "Unknown" or "NO PERMITS" or "NOT RUNNING" or "SILENT" or "DOWN" => "unknown",
        _ when state.StartsWith("SIZE CAP", StringComparison.Ordinal) => "note",
        _ => "warn",
    };

    /// <summary>Everything else that was found, the worst first. It stands below the forms: they must not move when it grows.</summary>
    public static string Others(SituationView situation, DateTimeOffset now)
    {
        var others = situation.Findings.Skip(situation.State == "ACTIVE" ? 0 : 1).Where(finding => finding.Kind != "drill").ToList();
        var more = situation.FindingCount - situation.Findings.Count + Math.Max(0, others.Count - MostFindings);
        return others.Count == 0 ? string.Empty : Table(more == 0 ? "Also" : $"Also ({more} more in actorops status)", ["State", "What", "Since", "Next"], others.Take(MostFindings).Select(finding => new[]
        {
            $"<span class=\"{Tone(finding.State)}\">{E(finding.State)}</span>", E(finding.Text), finding.Since is { } since ? Since(since, now) : string.Empty, finding.Next is { } next ? $"<code>{E(next)}</code>" : string.Empty,
        }));
    }
}
