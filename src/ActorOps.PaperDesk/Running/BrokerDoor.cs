using System.Globalization;
using System.Text.Json;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Running;

/// <summary>
/// The paper broker's own interface, beside the desk's session with it: Alpaca's form of <c>/v2/orders</c> and <c>/v2/positions</c>. What comes in here does not pass the
/// desk's gate, as with any broker; a session that is down answers nobody.
/// </summary>
internal sealed class BrokerDoor(DeskState state)
{
    private const string Account = "main";
    private const string Symbol = "SPY";
    private const int LargestQuantity = 1_000_000;
    private const int MostClientIds = 10_000;
    private const int LongestClientId = 128;
    private readonly HashSet<string> _clientIds = [];

    public (string Status, string Body) Handle(ControlRequest request)
    {
        lock (state.Sending)
        {
            if (!state.Broker.IsUp)
            {
                return Error("503 Service Unavailable", 50310000, "the session is down");
            }

            return (request.Method, request.Path) switch
            {
                ("GET", "/v2/orders") => ("200 OK", JsonSerializer.Serialize(Orders(request), BrokerJson.Default.WireOrderArray)),
                ("GET", "/v2/positions") => ("200 OK", JsonSerializer.Serialize([.. state.Strategies.Where(strategy => strategy.Book.Quantity != 0).Select(Of)], BrokerJson.Default.WirePositionArray)),
                ("POST", "/v2/orders") => Send(request),
                ("DELETE", _) when request.Path.StartsWith("/v2/orders/", StringComparison.Ordinal) => Cancel(Uri.UnescapeDataString(request.Path["/v2/orders/".Length..])),
                _ => Error("404 Not Found", 40410000, "endpoint not found"),
            };
        }
    }

    private WireOrder[] Orders(ControlRequest request)
    {
        var limit = int.TryParse(request.Query.GetValueOrDefault("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 500) : 50;
        var after = DateTimeOffset.TryParse(request.Query.GetValueOrDefault("after"), CultureInfo.InvariantCulture, out var from) ? from : DateTimeOffset.MinValue;
        return [.. state.Broker.Working.Where(order => order.SubmittedAt > after).OrderBy(order => order.SubmittedAt).Take(limit).Select(Of)];
    }

    private (string Status, string Body) Cancel(string id)
    {
        if (state.Broker.Working.FirstOrDefault(order => order.Id == id) is not { } order)
        {
            return Error("404 Not Found", 40410000, $"order not found: {id}");
        }

        if (!order.CancelRequested)
        {
            state.Broker.Cancel(order, state.Clock.Now);
        }

        return ("204 No Content", string.Empty);
    }

    private (string Status, string Body) Send(ControlRequest request)
    {
        WireNewOrder? sent;
        try
        {
            sent = JsonSerializer.Deserialize(request.Body, BrokerJson.Default.WireNewOrder);
        }
        catch (JsonException error)
        {
            return Error("400 Bad Request", 40010000, error.Message);
        }

        var strategy = state.Strategies.FirstOrDefault(candidate => candidate.Id == sent?.Strategy);
        if (sent is null || strategy is null || sent.Symbol != Symbol || sent.Side is not ("buy" or "sell") || !int.TryParse(sent.Qty, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity is 0 or > LargestQuantity)
        {
            return Error("422 Unprocessable Entity", 42210000, "an order names strategy, symbol SPY, side buy or sell, and a whole qty from 1 to 1000000");
        }

        var id = sent.ClientOrderId ?? $"x-{_clientIds.Count + 1}";
        if (id.Length is 0 or > LongestClientId || id.Any(c => c is < '!' or > '~'))
        {
            return Error("422 Unprocessable Entity", 42210000, "client_order_id is 1 to 128 visible ASCII characters");
        }

        if (_clientIds.Count >= MostClientIds)
        {
            return Error("429 Too Many Requests", 42910000, "too many orders came in here; start the desk again");
        }

        if (!_clientIds.Add(id))
        {
            return Error("422 Unprocessable Entity", 42210000, "client_order_id must be unique");
        }

        var order = new PaperOrder(id, strategy, sent.Side == "buy" ? quantity : -quantity, state.Active.Price, increasing: false, state.Clock.UtcNow);
        state.Log.Write("order-direct", $"order {id} came to the broker beside the desk", ("orderId", id), ("strategy", strategy.Id), ("side", sent.Side), ("qty", quantity));
        state.Broker.Send(order, state.Clock.Now);
        strategy.Book.OpenQuantity += order.SignedQuantity;
        return ("200 OK", JsonSerializer.Serialize(Of(order), BrokerJson.Default.WireOrder));
    }

    private static WireOrder Of(PaperOrder order)
    {
        var status = order.CancelRequested ? "pending_cancel" : order.State switch { "pending" => "pending_new", "acknowledged" => "new", "partial" => "partially_filled", var other => other };
        return new WireOrder(order.Id, order.Id, Symbol, Text(Math.Abs(order.SignedQuantity)), Text(Math.Abs(order.SignedQuantity - order.Remaining)), order.SignedQuantity > 0 ? "buy" : "sell", status, order.SubmittedAt, Account, order.Strategy.Id);
    }

    private static WirePosition Of(Strategy strategy) => new(Symbol, Text(strategy.Book.Quantity), strategy.Book.Quantity > 0 ? "long" : "short", Account, strategy.Id);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (string, string) Error(string status, int code, string message) => (status, JsonSerializer.Serialize(new WireError(code, message), BrokerJson.Default.WireError));
}
