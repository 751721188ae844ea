using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Integrations.Alertmanager;
using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>
/// Alerts as a source of trips: Prometheus may send its alerts here as to an Alertmanager, and Alertmanager its webhook. One with the label <c>action:
/// AUTO_KILL_SWITCH</c> trips its label <c>scope</c>, the firm without one or with one that is none. While it fires, nobody can approve a reset.
/// </summary>
internal static class AlertsApi
{
    private const string Action = "AUTO_KILL_SWITCH";
    private const string Needs = "alerts, operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapPost("/api/v2/alerts", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            KillSwitchApi.Roomy(context), May, Needs, AlertmanagerJson.Default.AlertmanagerAlertArray, (by, alerts, _) => TakeAsync(context, services, by, alerts))));
        app.MapPost("/api/v1/webhooks/alertmanager", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            KillSwitchApi.Roomy(context), May, Needs, AlertmanagerJson.Default.AlertmanagerWebhook, (by, webhook, _) => webhook.Alerts is null
                ? Task.FromResult(Problems.Result(400, "unknown-form", "this is no notification of Alertmanager's webhook, version 4: it has no alerts"))
                : TakeAsync(context, services, by, webhook.Alerts))));
    }

    private static bool May(Principal principal) => principal.MayReduceRisk || principal.Roles.Contains(Role.Alerts);

    private static async Task<IResult> TakeAsync(HttpContext context, NodeServices services, Principal by, IReadOnlyList<AlertmanagerAlert> alerts)
    {
        var (tripped, ended, ignored, refused, unlatched) = (0, 0, 0, 0, 0);
        var most = services.Configuration.Options.Quotas.AlertsAtOnce;
        foreach (var alert in alerts.Where(alert => alert is not null).OrderByDescending(alert => alert.Labels?.GetValueOrDefault("action") == Action).Take(most))
        {
            if (alert.Labels?.GetValueOrDefault("action") != Action)
            {
                ignored++;
            }
            else if (!IsFiring(alert, services.Now))
            {
                ended += services.Ops.KillSwitch.CauseEnded(SourceOf(alert)).Count;
            }
            else if (ScopeOf(alert) is var scope && by.Scopes is { } allowed && !allowed.Contains(scope.ToString()))
            {
                refused++;
                services.Ops.Denied(new AccessCommand.Deny(by.Name, $"alert for {scope}", "not among its scopes", context.Connection.RemoteIpAddress?.ToString() ?? string.Empty));
            }
            else
            {
                var receipt = await services.Ops.KillSwitch.TripAsync(RequestOf(alert, scope, by)).ConfigureAwait(false);
                tripped++;
                unlatched += receipt.Latched ? 0 : 1;
            }
        }

        // The sender repeats after a 5xx, and the trips stand whatever it does.
        return alerts.Count > most ? Problems.Result(503, "too-many-alerts", $"the first {most} of {alerts.Count} alerts were taken, those that trip before the others (actorops.quotas.alerts-at-once); send fewer at once", retryable: true)
            : unlatched > 0 ? Problems.Result(503, "not-latched", $"{unlatched} trips are in force on {services.Identity.Node} in memory only: its latch cannot be written; free its disk", retryable: true)
            : refused > 0 ? Problems.Result(403, "forbidden", $"{refused} alerts are for scopes that '{by.Name}' may not trip; it may trip {string.Join(", ", by.Scopes ?? [])}")
            : Results.Json(new AlertsAnswer(tripped, ended, ignored), WireJson.Default.AlertsAnswer);
    }

    private static bool IsFiring(AlertmanagerAlert alert, DateTimeOffset now) => alert.Status switch
    {
        "resolved" => false,
        "firing" => true,
        _ => alert.EndsAt is not { Year: > 1 } end || end > now,
    };

    private static string SourceOf(AlertmanagerAlert alert) => "alert:" + AlertFingerprint.Of(alert.Labels!);

    private static Scope ScopeOf(AlertmanagerAlert alert) => Scope.TryParse(alert.Labels!.GetValueOrDefault("scope", "firm"), out var scope) ? scope : Scope.Firm;

    private static TripRequest RequestOf(AlertmanagerAlert alert, Scope scope, Principal by) =>
        new(scope, TradingState.Killed, SourceOf(alert), by.Name, by.Person)
        {
            Origin = TripOrigin.Alert,
            Alert = AlertFingerprint.Of(alert.Labels!),
            Reason = alert.Annotations?.GetValueOrDefault("summary") ?? alert.Annotations?.GetValueOrDefault("description") ?? alert.Labels!.GetValueOrDefault("alertname", "alert"),
            Cause = $"alert {alert.Labels!.GetValueOrDefault("alertname", "without a name")}",
            Evidence = $"since {alert.StartsAt:u}; {JsonSerializer.Serialize(alert.Labels!.ToDictionary(), LabelsJson.Default.DictionaryStringString)}",
        };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LabelsJson : System.Text.Json.Serialization.JsonSerializerContext;
