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

        signal.SymbolKey = Utf8Index<SignalTarget>.Hash(symbol);
        if (!fields.TryNumber(line, SignalField.Last, out var price))
        {
            var twoSided = fields.TryNumber(line, SignalField.Bid, out var bid) & fields.TryNumber(line, SignalField.Ask, out var ask);
            price = twoSided ? (bid + ask) / 2 : double.IsNaN(bid) ? ask : bid;
        }

        if (!(price > 0))
        {
            return SignalRefusal.Bad(SignalField.Last, "a price above 0 (or bid and ask)");
        }

        signal.Price = price;
        if (fields.Has(SignalField.Size) && !(fields.TryNumber(line, SignalField.Size, out var size) && size >= 0))
        {
            return SignalRefusal.Bad(SignalField.Size, "a number of 0 or more");
        }

        if (fields.Has(SignalField.Seq))
        {
            if (!fields.TryNumber(line, SignalField.Seq, out var sequence) || sequence < 0 || sequence > 1L << 53)
            {
                return SignalRefusal.Bad(SignalField.Seq, "an integer of 0 or more");
            }

            signal.Sequence = (long)sequence;
        }

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
            return SignalRefusal.Bad(SignalField.Realized, "a number");
        }

        if (!fields.TryNumber(line, SignalField.Unrealized, out var unrealized))
        {
            return SignalRefusal.Bad(SignalField.Unrealized, "a number");
        }

        var hasEquity = fields.TryNumber(line, SignalField.Equity, out var equity);
        if (fields.Has(SignalField.Equity) && !(hasEquity && equity > 0))
        {
            return SignalRefusal.Bad(SignalField.Equity, "a number above 0");
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
            return SignalRefusal.Bad(SignalField.Price, "a number above 0");
        }

        signal.Price = price;
        fields.TryNumber(line, SignalField.ArrivalPrice, out var arrival);
        fields.TryNumber(line, SignalField.SimulatedPrice, out var simulated);
        (signal.ArrivalPrice, signal.SimulatedPrice) = (arrival, simulated);
        return SignalRefusal.None;
    }

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

        if (!fields.TryText(line, idField, out var id) || id.Length is 0 or > 200)
        {
            return SignalRefusal.Bad(idField, "a text of 1 to 200 bytes");
        }

        if (!fields.TryNumber(line, SignalField.Qty, out var quantity) || quantity <= 0)
        {
            return SignalRefusal.Bad(SignalField.Qty, "a number above 0");
        }

        if (!fields.TryText(line, SignalField.Side, out var side) || !(side.SequenceEqual("buy"u8) || side.SequenceEqual("sell"u8)))
        {
            return SignalRefusal.Bad(SignalField.Side, "buy or sell");
        }

        fields.TryText(line, SignalField.OrderId, out var orderId);
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
