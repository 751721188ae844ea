using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Http;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Hosting;

/// <summary>Trips of the machine's own operator, by the kill socket: who can open the socket owns the data directory, and needs no token.</summary>
internal sealed class LocalTrips(NodeServices services)
{
    private const string Name = "kill-socket";

    /// <summary>Status and body of the answer, in the form of <c>POST /api/v1/kill-switch/trips</c>.</summary>
    public async Task<(int Status, string Json)> TripAsync(string text, string caller)
    {
        var (ask, refusal) = TripAsk.Read(services, text);
        if (ask is null)
        {
            return Say(refusal!);
        }

        var body = ask.Body;
        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(ask.Scope, ask.Level, "socket", Name, "break-glass") { Reason = body.Reason, Cause = caller, TripId = body.TripId, Drill = body.Drill }).ConfigureAwait(false);
        return TripAsk.NotLatched(receipt) is { } unlatched ? Say(unlatched)
            : (receipt.IsNew ? 201 : 200, JsonSerializer.Serialize(ask.Answer(services, receipt), WireJson.Default.TripAnswer));
    }

    private static (int Status, string Json) Say(Refusal refusal) =>
        (refusal.Status, JsonSerializer.Serialize(new ProblemView(refusal.Code.Replace('-', ' '), refusal.Status, refusal.Why, refusal.Code, refusal.IsRetryable, TraceId: null), WireJson.Default.ProblemView));
}
