using System.Globalization;
using ActorOps.Cli.Output;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Commands;

/// <summary>How a procedure is shown, and the exit code of its outcome. An outcome that this version does not know is never 0.</summary>
internal static class ProcedureOutput
{
    public static int Show(CommandContext context, ProcedureView view)
    {
        context.Show(view, WireJson.Default.ProcedureView, ["STEP", "STATE", "DETAIL"], context.Form == OutputForm.Name ? [[$"{view.ProcedureId}"]] : Rows(view));
        var sentence = Sentence(view);
        if (context.Form is not OutputForm.Name && sentence.Length > 0)
        {
            context.Note(sentence, view.Outcome ?? "RUNNING");
        }

        if (Next(view) is { } next)
        {
            context.Note(next);
        }

        return ExitOf(view.Outcome);
    }

    public static int ExitOf(string? outcome) => outcome switch
    {
        null => ExitCodes.StillRunning,
        "DONE" or "FLAT" => ExitCodes.Done,
        "ORDERS-CLEAN" or "CLEAN" => ExitCodes.NeedsLook,
        "RESIDUAL" or "PARTIAL" => ExitCodes.Partial,
        _ => ExitCodes.Unknown,
    };

    /// <summary>The last line, which begins with the outcome.</summary>
    public static string Sentence(ProcedureView view) =>
        view.Certificate is not { Summary.Length: > 0 } seen ? view.Outcome ?? string.Empty
        : view.Outcome is null ? $"RUNNING; at the brokers: {seen.Summary}"
        : view.Outcome == seen.Outcome ? seen.Summary
        : $"{view.Outcome}; at the brokers: {seen.Summary}";

    /// <summary>Steps, orders that are left, open positions, brokers that are not known, and the outcome, a line each.</summary>
    public static IReadOnlyList<IReadOnlyList<string?>> Rows(ProcedureView view) =>
    [
        .. view.Steps.Select(step => (string?[])[step.Name, step.State, step.Detail ?? step.Effect]),
        .. (view.Certificate?.OrdersAfter ?? []).Select(order => (string?[])["order", "LEFT", order]),
        .. Positions(view.Certificate).Select(line => (string?[])["position", view.Certificate!.PositionsBefore is null ? "OPEN" : "LEFT", line]),
        .. (view.Certificate?.UnknownVenues ?? []).Select(broker => (string?[])["broker", "UNKNOWN", broker]),
        ["outcome", view.Outcome ?? "RUNNING", view.Certificate?.Summary ?? string.Empty],
    ];

    private static IEnumerable<string> Positions(CertificateView? seen) =>
        seen?.OpenPositions is { } open ? open.Select(Line) : seen?.PositionsAfter ?? [];

    private static string Line(OpenPositionView position) =>
        $"{position.Broker}{(position.Account is null ? string.Empty : $" account/{position.Account}")}{(position.Strategy is null ? string.Empty : $" strategy/{position.Strategy}")} {position.Quantity.ToString("+0.############################;-0.############################", CultureInfo.InvariantCulture)} {position.Symbol}";

    private static string? Next(ProcedureView view) => view.Outcome switch
    {
        "ORDERS-CLEAN" => $"to close them: actorops emergency shutdown --scope {view.Scope} --flatten --confirm {view.Scope} --reason R (another person approves)",
        "RESIDUAL" => $"look at the broker, then again: actorops emergency shutdown --scope {view.Scope} --reason R",
        "UNKNOWN" when view.Kind == "emergency" => "call the broker: what it holds is not known",
        _ => null,
    };
}
