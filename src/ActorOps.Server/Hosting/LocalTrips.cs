using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Hosting;

/// <summary>Trips of the machine's own operator, by the kill socket: who can open the socket owns the data directory, and needs no token.</summary>
internal sealed class LocalTrips(NodeServices services)
{
    private const string Name = "kill-socket";

    /// <summary>Status and body of the answer, in the form of <c>POST /api/v1/kill-switch/trips</c>.</summary>
    public async Task<(int Status, string Json)> TripAsync(string text, string caller)
    {
        if (Read(text) is not { } body)
        {
            return Refuse(400, "bad-json", "the body is not a trip: expected {\"scope\":\"firm\",\"level\":\"KILLED\",\"reason\":\"...\"}");
        }

        if (!Scope.TryParse(body.Scope, out var scope))
        {
            return Refuse(400, "bad-scope", ScopeChecks.NotAScopeText(services, body.Scope));
        }

        if (!TradingStateNames.TryParse(body.Level, out var level) || level == TradingState.Active)
        {
            return Refuse(400, "bad-level", $"'{SafeText.Clean(body.Level ?? string.Empty, 100)}' is not a level of a trip: use REDUCE_ONLY, CANCEL_ONLY or KILLED");
        }

        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, level, "socket", Name, "break-glass") { Reason = body.Reason, Cause = caller, TripId = body.TripId, Drill = body.Drill }).ConfigureAwait(false);
        if (!receipt.Latched)
        {
            return Refuse(507, "not-latched", $"trip {receipt.Trip.TripId} is in force on {receipt.Trip.Node} but could not be written to its latch; free its disk, and trip on another node too");
        }

        var propagation = new PropagationView(receipt.Propagation.Nodes, receipt.Propagation.Acknowledged, receipt.Propagation.Missing);
        var answer = new TripAnswer(receipt.Trip.TripId, receipt.Trip.RaisedAt, receipt.Trip.Node, propagation, receipt.Durable, scope.ToString(), level.ToWire())
        {
            UnknownScope = ScopeChecks.View(services.Ops.Unknown(scope)),
        };
        return (receipt.IsNew ? 201 : 200, JsonSerializer.Serialize(answer, WireJson.Default.TripAnswer));
    }

    private static TripBody? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WireJson.Default.TripBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (int Status, string Json) Refuse(int status, string code, string detail) =>
        (status, JsonSerializer.Serialize(new ProblemView(code.Replace('-', ' '), status, detail, code, Retryable: false, TraceId: null), WireJson.Default.ProblemView));
}
