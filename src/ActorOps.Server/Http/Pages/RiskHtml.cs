using ActorOps.Client.Wire;
using static ActorOps.Server.Http.Pages.MinimalHtml;

namespace ActorOps.Server.Http.Pages;

/// <summary>What adds risk and what takes it off in several steps, as the page shows it.</summary>
internal static class RiskHtml
{
    public static string Changes(IReadOnlyList<ChangeView> changes) => Table("Overrides and other changes that add risk", ["Change", "What", "State", "Asked by", "Approved by", "Why"], changes.Select(change => new[]
    {
        $"<code>{change.ChangeId}</code>", E($"{change.Kind}: {change.Summary}"),
        change.InForce ? $"<strong class=\"Warning\">IN FORCE{(change.EndsAt is { } end ? $" until {end:u}" : string.Empty)}</strong>" : $"waiting for {change.ApprovalsNeeded - change.ApprovedBy.Count}",
        E(change.Person), E(string.Join(", ", change.ApprovedBy)), E(change.Reason),
    }));

    public static string Procedures(IReadOnlyList<ProcedureView> procedures) => Table("Emergencies and rollbacks", ["Began", "What", "Outcome", "Steps", "By", "Why"], procedures.Select(view => new[]
    {
        view.StartedAt.ToString("u"), E($"{view.Kind} {view.Scope}"), $"<span class=\"{Class(view.Outcome)}\">{E(view.Outcome ?? "RUNNING")}</span>{Seen(view)}",
        string.Join("<br>", view.Steps.Select(step => $"{E(step.Name)}: <span class=\"{Class(step.State)}\">{E(step.State)}</span> {E(step.Detail)}")), E(view.By), E(view.Reason),
    }));

    /// <summary>What the brokers showed, in words, and each open position by name.</summary>
    private static string Seen(ProcedureView view) => view.Certificate is not { } certificate ? string.Empty
        : $"<br>{E(certificate.Summary)}{string.Concat((certificate.OpenPositions ?? []).Select(position => $"<br>{E($"{position.Broker} {position.Account} {position.Strategy}")} <strong>{E($"{position.Symbol} {position.Quantity:+0.############################;-0.############################}")}</strong>"))}";

    private static string Class(string? word) => word switch
    {
        "Failed" or "RESIDUAL" or "PARTIAL" => "Critical",
        "Unknown" or "UNKNOWN" => "Unknown",
        "Done" or "DONE" or "FLAT" => "Healthy",
        _ => "Warning",
    };
}
