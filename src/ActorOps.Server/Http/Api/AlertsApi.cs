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
/// AUTO_KILL_SWITCH</c> trips its label <c>scope</c>, or the firm without one; see <see cref="AlertTarget"/> for one that no desk has. While it fires, nobody can
/// approve a reset. Each alert of a batch is read by itself.
/// </summary>
internal static class AlertsApi
{
    private const string Action = "AUTO_KILL_SWITCH";
    private const string Needs = "alerts, operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapPost("/api/v2/alerts", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            KillSwitchApi.Roomy(context), May, Needs, AlertmanagerJson.Default.JsonElementArray, (by, alerts, _) => TakeAsync(context, services, by, alerts), isStrict: false)));
        app.MapPost("/api/v1/webhooks/alertmanager", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            KillSwitchApi.Roomy(context), May, Needs, AlertmanagerJson.Default.AlertmanagerWebhook, (by, webhook, _) => webhook.Alerts is null
                ? Task.FromResult(Problems.Result(400, "unknown-form", "not a notification of Alertmanager's webhook, version 4: it has no alerts"))
                : TakeAsync(context, services, by, webhook.Alerts), isStrict: false)));
    }

    private static bool May(Principal principal) => principal.MayReduceRisk || principal.Roles.Contains(Role.Alerts);

    private static async Task<IResult> TakeAsync(HttpContext context, NodeServices services, Principal by, IReadOnlyList<JsonElement> elements)
    {
        var most = services.Configuration.Options.Quotas.AlertsAtOnce;
        var seen = new AlertBatch();
        foreach (var (i, alert, problem) in elements.Select((element, i) => (i, AlertReader.Read(element))).Select(one => (one.i, one.Item2.Alert, one.Item2.Problem))
            .OrderByDescending(one => Acts(one.Alert)).Take(most))
        {
            if (problem is not null)
            {
                seen.CannotRead(i, problem);
            }

            if (Acts(alert))
            {
                await ActAsync(services, by, alert!, seen).ConfigureAwait(false);
            }
            else if (problem is null)
            {
                seen.Ignored++;
            }
        }

        // The sender repeats after a 5xx, and the trips stand whatever it does.
        return elements.Count > most ? Problems.Result(503, "too-many-alerts", $"the first {most} of {elements.Count} alerts were taken, those that trip before the others (actorops.quotas.alerts-at-once); send fewer at once", retryable: true)
            : seen.Unlatched > 0 ? Problems.Result(503, "not-latched", $"{seen.Unlatched} trips are in force on {services.Identity.Node} in memory only: its latch cannot be written; free its disk", retryable: true)
            : seen.Refused > 0 ? Problems.Result(403, "forbidden", $"{seen.Refused} alerts are for scopes that '{by.Name}' may not trip; it may trip {string.Join(", ", by.Scopes ?? [])}")
            : seen.IsRubbish ? Problems.Result(400, "bad-alerts", $"none of the alerts could be read: {string.Join("; ", seen.Unreadable!)}")
            : Results.Json(new AlertsAnswer(seen.Tripped, seen.Ended, seen.Ignored) { UnknownScopes = seen.Unknown, Unreadable = seen.Unreadable }, WireJson.Default.AlertsAnswer);
    }

    /// <summary>Scope and sender are checked first: what may not be tripped may not be said to have ended either.</summary>
    private static async Task ActAsync(NodeServices services, Principal by, AlertmanagerAlert alert, AlertBatch seen)
    {
        var target = AlertTarget.Of(alert, by, services.Ops);
        if (target.Scopes.Count == 0)
        {
            seen.Refused++;
            return;
        }

        if (!IsFiring(alert, services.Now))
        {
            seen.Ended += services.Ops.KillSwitch.AlertEnded(by.Name, AlertFingerprint.Of(alert.Labels!)).Count;
            return;
        }

        seen.DoesNotKnow(target.Unknown);
        foreach (var scope in target.Scopes)
        {
            var receipt = await services.Ops.KillSwitch.TripAsync(RequestOf(alert, scope, by, target.Unknown)).ConfigureAwait(false);
            seen.Tripped++;
            seen.Unlatched += receipt.Latched ? 0 : 1;
        }
    }

    private static bool Acts(AlertmanagerAlert? alert) => alert?.Labels?.GetValueOrDefault("action") == Action;

    private static bool IsFiring(AlertmanagerAlert alert, DateTimeOffset now) => alert.Status switch
    {
        "resolved" => false,
        "firing" => true,
        not null => true,
        _ => alert.EndsAt is not { Year: > 1 } end || end > now,
    };

    private static TripRequest RequestOf(AlertmanagerAlert alert, Scope scope, Principal by, string? unknown)
    {
        var fingerprint = AlertFingerprint.Of(alert.Labels!);
        var said = alert.Annotations?.GetValueOrDefault("summary") ?? alert.Annotations?.GetValueOrDefault("description") ?? alert.Labels!.GetValueOrDefault("alertname", "alert");
        return new(scope, TradingState.Killed, $"alert:{fingerprint}", by.Name, by.Person)
        {
            Origin = TripOrigin.Alert,
            Alert = fingerprint,
            Reason = unknown is null ? said : $"{said} ({unknown})",
            Cause = $"alert {alert.Labels!.GetValueOrDefault("alertname", "without a name")}",
            Evidence = $"since {alert.StartsAt:u}; {JsonSerializer.Serialize(alert.Labels!.ToDictionary(), LabelsJson.Default.DictionaryStringString)}",
        };
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LabelsJson : System.Text.Json.Serialization.JsonSerializerContext;
