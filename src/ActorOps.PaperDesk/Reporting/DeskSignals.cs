using System.Text.Json;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Reporting;

/// <summary>The desk's signals as NDJSON lines.</summary>
internal sealed class DeskSignals(Action<byte[]> send, TimeProvider time)
{
    private const string Symbol = "SPY";
    private const string Account = "main";

    public void Heartbeat(string kind, string id) => Send("heartbeat", json =>
    {
        json.WriteString("kind", kind);
        json.WriteString("id", id);
    });

    public void Operations(string kind, string id, long count, long errors) => Send("operation", json =>
    {
        json.WriteString("kind", kind);
        json.WriteString("id", id);
        json.WriteNumber("count", count);
        json.WriteNumber("errors", errors);
    });

    public void Tick(string feed, decimal price, long sequence, TimeSpan latency) => Send("tick", json =>
    {
        json.WriteString("feed", feed);
        json.WriteString("symbol", Symbol);
        json.WriteNumber("bid", price - 0.005m);
        json.WriteNumber("ask", price + 0.005m);
        json.WriteNumber("last", price);
        json.WriteString("exchangeAt", Time(time.GetUtcNow() - latency));
        json.WriteNumber("seq", sequence);
    });

    public void Pnl(Strategy strategy, decimal price) => Send("pnl", json =>
    {
        var unrealized = strategy.Book.Unrealized(price);
        json.WriteString("strategy", strategy.Id);
        json.WriteNumber("realized", strategy.Book.Realized);
        json.WriteNumber("unrealized", unrealized);
        json.WriteNumber("equity", strategy.Aum + strategy.Book.Realized + unrealized);
    });

    public void Order(PaperOrder order, string broker) => Send("order", json =>
    {
        Trade(json, order, broker);
        json.WriteNumber("qty", Math.Abs(order.SignedQuantity));
        json.WriteString("side", order.SignedQuantity > 0 ? "buy" : "sell");
        json.WriteString("state", order.State);
        json.WriteString("submittedAt", Time(order.SubmittedAt));
        json.WriteString("version", order.Strategy.Model.Version);
    });

    public void Fill(PaperFill fill, string broker) => Send("fill", json =>
    {
        json.WriteString("fillId", fill.FillId);
        Trade(json, fill.Order, broker);
        json.WriteNumber("qty", Math.Abs(fill.SignedQuantity));
        json.WriteString("side", fill.SignedQuantity > 0 ? "buy" : "sell");
        json.WriteNumber("price", fill.Price);
        json.WriteNumber("arrivalPrice", fill.Order.ArrivalPrice);
        json.WriteNumber("simulatedPrice", fill.SimulatedPrice);
        json.WriteNumber("fee", fill.Fee);
    });

    public void Position(Strategy strategy) => Send("position", json =>
    {
        json.WriteString("account", Account);
        json.WriteString("strategy", strategy.Id);
        json.WriteString("symbol", Symbol);
        json.WriteNumber("qty", strategy.Book.Quantity);
        json.WriteNumber("avgPrice", Math.Round(strategy.Book.AveragePrice, 4));
        json.WriteString("source", "own");
    });

    public void Prediction(Strategy strategy, string id, double score, int? label) => Send("prediction", json =>
    {
        json.WriteString("strategy", strategy.Id);
        json.WriteString("model", strategy.Model.Name);
        json.WriteString("version", strategy.Model.Version);
        json.WriteNumber("score", Math.Round(score, 6));
        json.WriteString("predictionId", id);
        if (label is { } known)
        {
            json.WriteNumber("label", known);
        }
    });

    private static void Trade(Utf8JsonWriter json, PaperOrder order, string broker)
    {
        json.WriteString("orderId", order.Id);
        json.WriteString("strategy", order.Strategy.Id);
        json.WriteString("broker", broker);
        json.WriteString("account", Account);
        json.WriteString("symbol", Symbol);
    }

    private void Send(string type, Action<Utf8JsonWriter> body)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("at", Time(time.GetUtcNow()));
            body(json);
            json.WriteEndObject();
        }

        send(buffer.ToArray());
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
