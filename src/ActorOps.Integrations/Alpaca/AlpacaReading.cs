using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Ops.Brokers;

namespace ActorOps.Integrations.Alpaca;

/// <summary>What Alpaca's elements mean. One that cannot be read makes its list incomplete and hides no other; an order with an id can be cancelled, however odd the rest of it is.</summary>
internal static class AlpacaReading
{
    private const NumberStyles Figure = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The elements of a list, each by itself; null for one that is not of the expected form.</summary>
    /// <exception cref="JsonException">The text is not a list.</exception>
    public static List<T?> Elements<T>(string json, JsonTypeInfo<T> type)
        where T : class
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(element => Element(element, type))]
            : throw new JsonException($"expected a list, got {document.RootElement.ValueKind}");
    }

    /// <summary>An open order; null with the reason where it has no id.</summary>
    public static (BrokerOrder? Order, string? Why) Order(AlpacaOrder? order)
    {
        if (order is not { Id.Length: > 0 })
        {
            return (null, "an order without an id that can be read");
        }

        var sign = order.Side switch { "buy" => 1, "sell" or "sell_short" => -1, _ => 0 };
        var quantity = sign != 0 && Number(order.Qty) is { } all && Number(order.FilledQty ?? "0") is { } filled ? sign * (all - filled) : (decimal?)null;
        var state = order.Status ?? "state not stated";
        return (new BrokerOrder(order.Id, order.ClientOrderId ?? order.Id, order.Account, order.Strategy, order.Symbol ?? "symbol not stated", quantity, order.Notional is null ? state : $"{state}, notional {order.Notional}"), null);
    }

    /// <summary>A position that is not flat; null without a reason for a flat one, null with the reason for one that cannot be read.</summary>
    public static (BrokerPosition? Position, string? Why) Position(AlpacaPosition? position)
    {
        if (position is not { Symbol.Length: > 0 })
        {
            return (null, "a position without a symbol that can be read");
        }

        if (Number(position.Qty) is not { } quantity)
        {
            return (null, $"{position.Symbol} has the quantity '{position.Qty}', which is not a number");
        }

        if (position.Side is not (null or "long" or "short") || (position.Side == "long" && quantity < 0))
        {
            return (null, $"{position.Symbol} has the side '{position.Side}' and the quantity {position.Qty}, which do not agree");
        }

        var signed = position.Side == "short" ? -Math.Abs(quantity) : quantity;
        return (signed == 0 ? null : new BrokerPosition(position.Account, position.Strategy, position.Symbol, signed), null);
    }

    /// <summary>An exact figure; null: not a number, or one too small to be told from zero.</summary>
    private static decimal? Number(string? text) =>
        decimal.TryParse(text, Figure, CultureInfo.InvariantCulture, out var number) && (number != 0 || !text.AsSpan(0, Mantissa(text)).ContainsAnyInRange('1', '9')) ? number : null;

    private static int Mantissa(string text) => text.IndexOfAny(['e', 'E']) is >= 0 and var exponent ? exponent : text.Length;

    private static T? Element<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return element.Deserialize(type);
        }
        catch (JsonException)
        {
            // Named by who reads the list: the others count.
            return Identified(element, type);
        }
    }

    /// <summary>An order with one odd field can still be cancelled by its id.</summary>
    private static T? Identified<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class
    {
        if (element.ValueKind != JsonValueKind.Object || type.Type != typeof(AlpacaOrder))
        {
            return null;
        }

        string? Text(string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return new AlpacaOrder(Text("id"), Text("client_order_id"), Text("symbol"), null, null, null, Text("side"), Text("status"), null, Text("account"), Text("strategy")) as T;
    }
}
