using System.Text;
using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>Fields of the frequent types.</summary>
internal static class SignalBodies
{
    public static SignalRefusal Tick(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        signal.Type = SignalType.Tick;
        var refusal = Target(fields, line, SignalField.Feed, TargetKind.Feed, "tick", targets, out target);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        if (!fields.TryText(line, SignalField.Symbol, out var symbol))
        {
            return SignalRefusal.Missing(SignalField.Symbol, "tick");
        }

        if (symbol.Length is 0 or > SignalBounds.LongestSymbol || symbol.ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            return SignalRefusal.Bad(SignalField.Symbol, "a text of 1 to 64 characters without control characters");
        }

        signal.SymbolKey = Utf8Index<SignalTarget>.Hash(symbol);
        if (!fields.TryNumber(line, SignalField.Last, out var price))
        {
            var twoSided = fields.TryNumber(line, SignalField.Bid, out var bid) & fields.TryNumber(line, SignalField.Ask, out var ask);
            price = twoSided ? (bid + ask) / 2 : double.IsNaN(bid) ? ask : bid;
        }

        if (!(price > 0))
        {
            return SignalRefusal.Bad(SignalField.Last, $"a price above 0 and at most {SignalBound.Text(SignalBounds.Of(SignalField.Last)!.Value.Most)}, or bid and ask must be");
        }

        signal.Price = price;
        fields.TryNumber(line, SignalField.Size, out _);
        signal.Sequence = fields.TryNumber(line, SignalField.Seq, out var sequence) ? (long)sequence : -1;

        return Origin(fields, line, SignalField.ExchangeAt, ref signal);
    }

    public static SignalRefusal Pnl(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        signal.Type = SignalType.Pnl;
        var refusal = Target(fields, line, SignalField.Strategy, TargetKind.Strategy, "pnl", targets, out target);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        if (!fields.TryNumber(line, SignalField.Realized, out var realized))
        {
            return fields.Refusal(line, SignalField.Realized);
        }

        if (!fields.TryNumber(line, SignalField.Unrealized, out var unrealized))
        {
            return fields.Refusal(line, SignalField.Unrealized);
        }

        if (!fields.TryNumber(line, SignalField.Equity, out var equity) || equity <= 0)
        {
            equity = fields.Has(SignalField.Equity) ? Signal.RefusedEquity : double.NaN;
            fields.Refuse(SignalField.Equity, fields.Has(SignalField.Equity));
        }

        (signal.Realized, signal.Unrealized, signal.Equity) = (realized, unrealized, equity);
        return SignalRefusal.None;
    }

    public static SignalRefusal Order(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        signal.Type = SignalType.Order;
        var refusal = Trade(fields, line, "order", SignalField.OrderId, targets, ref signal, out first, out second);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        if (!fields.TryText(line, SignalField.State, out var state) || !OrderStates.TryParse(state, out var parsed))
        {
            return SignalRefusal.Bad(SignalField.State, "one of new, pending, acknowledged, partial, filled, pending-cancel, canceled, rejected, expired");
        }

        signal.OrderState = parsed;
        return Origin(fields, line, SignalField.SubmittedAt, ref signal);
    }

    public static SignalRefusal Fill(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        signal.Type = SignalType.Fill;
        var refusal = Trade(fields, line, "fill", SignalField.FillId, targets, ref signal, out first, out second);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        if (!fields.TryNumber(line, SignalField.Price, out var price) || price <= 0)
        {
            return fields.Refusal(line, SignalField.Price) with { Detail = $"{fields.Refusal(line, SignalField.Price).Detail}, above 0" };
        }

        signal.Price = price;
        (signal.ArrivalPrice, signal.SimulatedPrice) = (KnownPrice(fields, line, SignalField.ArrivalPrice), KnownPrice(fields, line, SignalField.SimulatedPrice));
        fields.TryNumber(line, SignalField.Fee, out _);
        return SignalRefusal.None;
    }

    /// <summary>0 says that there is none.</summary>
    private static double KnownPrice(SignalLine fields, ReadOnlySpan<byte> line, SignalField field) => fields.TryNumber(line, field, out var price) && price != 0 ? price : double.NaN;

    public static SignalRefusal Target(SignalLine fields, ReadOnlySpan<byte> line, SignalField field, TargetKind kind, string type, SignalTargets targets, out SignalTarget? target)
    {
        target = null;
        if (!fields.TryText(line, field, out var id))
        {
            return SignalRefusal.Missing(field, type);
        }

        target = targets.Find(kind, id);
        return target is null ? SignalReader.UnknownTarget(kind, id) : SignalRefusal.None;
    }

    private static SignalRefusal Trade(
        SignalLine fields, ReadOnlySpan<byte> line, string type, SignalField idField, SignalTargets targets, ref Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        second = null;
        var refusal = Target(fields, line, SignalField.Strategy, TargetKind.Strategy, type, targets, out first);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        refusal = Target(fields, line, SignalField.Broker, TargetKind.Broker, type, targets, out second);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        if (!fields.TryText(line, idField, out var id) || id.Length is 0 or > SignalBounds.LongestId)
        {
            return SignalRefusal.Bad(idField, $"a text of 1 to {SignalBounds.LongestId} bytes");
        }

        if (!fields.TryNumber(line, SignalField.Qty, out var quantity) || quantity <= 0)
        {
            return fields.Refusal(line, SignalField.Qty) with { Detail = $"{fields.Refusal(line, SignalField.Qty).Detail}, above 0" };
        }

        if (!fields.TryText(line, SignalField.Side, out var side) || !(side.SequenceEqual("buy"u8) || side.SequenceEqual("sell"u8)))
        {
            return SignalRefusal.Bad(SignalField.Side, "buy or sell");
        }

        if (fields.TryText(line, SignalField.OrderId, out var orderId) && orderId.Length > SignalBounds.LongestId)
        {
            return SignalRefusal.Bad(SignalField.OrderId, $"a text of 1 to {SignalBounds.LongestId} bytes");
        }

        fields.TryNumber(line, SignalField.Limit, out _);
        signal.Quantity = quantity;
        signal.Detail = new SignalDetail(Encoding.UTF8.GetString(id), Encoding.UTF8.GetString(orderId), side.Length == 3);
        return SignalRefusal.None;
    }

    private static SignalRefusal Origin(SignalLine fields, ReadOnlySpan<byte> line, SignalField field, ref Signal signal)
    {
        if (!fields.Has(field))
        {
            return SignalRefusal.None;
        }

        if (!fields.TryText(line, field, out var text) || !SignalNumbers.TryParseTime(text, out var origin))
        {
            return SignalRefusal.Bad(field, "a time such as 2026-01-05T14:30:00.123Z (RFC 3339)");
        }

        signal.OriginMs = origin;
        return SignalRefusal.None;
    }
}
