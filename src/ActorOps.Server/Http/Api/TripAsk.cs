using System.Text.Json;
using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>
/// A trip as somebody asks for it, by HTTP or by the kill socket. Where and how far must be said, once and readably. No other field ever keeps a trip from happening:
/// one that cannot be read is left out and named in the answer.
/// </summary>
/// <param name="Scope">Where.</param>
/// <param name="Level">How far.</param>
/// <param name="Body">All that could be read.</param>
/// <param name="Ignored">Fields that could not, each with why.</param>
internal sealed record TripAsk(Scope Scope, TradingState Level, TripBody Body, IReadOnlyList<string> Ignored)
{
    private const string Form = "expected a trip such as {\"scope\":\"firm\",\"level\":\"KILLED\",\"reason\":\"...\"}";

    /// <summary>Reads the JSON of a <see cref="TripBody"/>; or says why it is not one.</summary>
    public static (TripAsk? Ask, Refusal? Refusal) Read(NodeServices services, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(services, new TripFields(json.RootElement)) : (null, new Refusal(400, "bad-json", Form));
        }
        catch (JsonException error)
        {
            return (null, new Refusal(400, "bad-json", $"{error.Message} {Form}"));
        }
    }

    /// <summary>What is answered once the trip is in force.</summary>
    public TripAnswer Answer(NodeServices services, TripReceipt receipt) =>
        new(receipt.Trip.TripId, receipt.Trip.RaisedAt, receipt.Trip.Node, new PropagationView(receipt.Propagation.Nodes, receipt.Propagation.Acknowledged, receipt.Propagation.Missing), receipt.Durable, Scope.ToString(), Level.ToWire())
        {
            UnknownScope = ScopeChecks.View(services.Ops.Unknown(Scope)),
            Ignored = Ignored.Count == 0 ? null : Ignored,
        };

    /// <summary>The trip is in force in memory only; null when it is on the disk.</summary>
    public static Refusal? NotLatched(TripReceipt receipt) => receipt.Latched ? null
        : new Refusal(507, "not-latched", $"trip {receipt.Trip.TripId} is in force on {receipt.Trip.Node} but could not be written to its latch (its disk is full, broken or stuck); see to its disk, and trip on another node too");

    private static (TripAsk? Ask, Refusal? Refusal) Read(NodeServices services, TripFields fields)
    {
        if (fields.Twice("scope", "level") is { } twice)
        {
            return (null, new Refusal(400, "bad-json", $"'{twice}' is there twice, and two readers could take either: {Form}"));
        }

        var (asked, level) = (fields.Text("scope"), fields.Text("level"));
        if (!Scope.TryParse(asked, out var scope))
        {
            return (null, new Refusal(400, "bad-scope", ScopeChecks.NotAScopeText(services, asked)) { Pointer = "/scope" });
        }

        if (!TradingStateNames.TryParse(level, out var state) || state == TradingState.Active)
        {
            return (null, new Refusal(400, "bad-level", $"'{SafeText.Clean(level, 100)}' is not a level of a trip: use REDUCE_ONLY, CANCEL_ONLY or KILLED") { Pointer = "/level" });
        }

        var body = new TripBody(asked!, level!, fields.Text("reason"), Drill: fields.Flag("drill"))
        {
            TripId = fields.Id("tripId"),
            Cancel = fields.Flag("cancel"),
            Flatten = fields.Flag("flatten"),
            Confirm = fields.Text("confirm"),
            Evidence = fields.Text("evidence"),
        };
        if (body.Flatten && body.Confirm != scope.ToString())
        {
            fields.Ignore($"flatten: closing positions needs the scope typed once more, confirm must be '{scope}'; open orders are cancelled");
            body = body with { Flatten = false, Cancel = true };
        }

        return (new TripAsk(scope, state, body, fields.Ignored), null);
    }
}
