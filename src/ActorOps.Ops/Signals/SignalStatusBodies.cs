using System.Text;
using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>Fields of the less frequent types.</summary>
internal static class SignalStatusBodies
{
    public static SignalRefusal Read(SignalLine fields, ReadOnlySpan<byte> line, ReadOnlySpan<byte> type, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        target = null;
        switch (Encoding.UTF8.GetString(type.Length > 40 ? type[..40] : type))
        {
            case "heartbeat":
                signal.Type = SignalType.Heartbeat;
                signal.LatencyMs = Optional(fields, line, SignalField.RttMs);
                return Named(fields, line, "heartbeat", targets, out target);
            case "operation":
                return Operation(fields, line, targets, ref signal, out target);
            case "metric":
                signal.Type = SignalType.Metric;
                signal.Value = Optional(fields, line, SignalField.Value);
                signal.Detail = new SignalDetail(Text(fields, line, SignalField.Name));
                return !fields.Has(SignalField.Name) ? SignalRefusal.Missing(SignalField.Name, "metric")
                    : double.IsNaN(signal.Value) ? fields.Refusal(line, SignalField.Value)
                    : Named(fields, line, "metric", targets, out target);
            case "error":
                signal.Type = SignalType.Error;
                signal.Detail = new SignalDetail(Text(fields, line, SignalField.Code), Message: Text(fields, line, SignalField.Message));
                return Named(fields, line, "error", targets, out target);
            case "position":
                return Position(fields, line, targets, ref signal, out target);
            case "prediction":
                signal.Type = SignalType.Prediction;
                signal.Value = Optional(fields, line, SignalField.Score);
                signal.Label = Optional(fields, line, SignalField.Label);
                signal.Detail = new SignalDetail(Text(fields, line, SignalField.PredictionId));
                return double.IsNaN(signal.Value) ? fields.Refusal(line, SignalField.Score)
                    : SignalBodies.Target(fields, line, SignalField.Strategy, TargetKind.Strategy, "prediction", targets, out target);
            case "feature":
                return Feature(fields, line, targets, ref signal, out target);
            case var other:
                return new SignalRefusal("unknown-type", $"'{KillSwitches.SafeText.Clean(other, 40)}' is not a signal type; known: heartbeat, operation, pnl, order, fill, tick, position, prediction, feature, metric, error");
        }
    }

    private static SignalRefusal Operation(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        signal.Type = SignalType.Operation;
        target = null;
        if (!fields.TryNumber(line, SignalField.Count, out var count))
        {
            return fields.Refusal(line, SignalField.Count);
        }

        if (!fields.TryNumber(line, SignalField.Errors, out var errors) || errors > count)
        {
            return SignalRefusal.Bad(SignalField.Errors, "a number from 0 to count");
        }

        (signal.Count, signal.Errors, signal.LatencyMs) = (count, errors, Optional(fields, line, SignalField.LatencyMs));
        return Named(fields, line, "operation", targets, out target);
    }

    private static SignalRefusal Position(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        signal.Type = SignalType.Position;
        target = null;
        if (!fields.TryText(line, SignalField.Account, out var account) || targets.DeskOfAccount(account) is null)
        {
            return new SignalRefusal("unknown-target", $"there is no account '{Text(fields, line, SignalField.Account)}'");
        }

        signal.Quantity = Optional(fields, line, SignalField.Qty);
        signal.Price = Optional(fields, line, SignalField.AvgPrice);
        return double.IsNaN(signal.Quantity) ? fields.Refusal(line, SignalField.Qty)
            : fields.Has(SignalField.Strategy) ? SignalBodies.Target(fields, line, SignalField.Strategy, TargetKind.Strategy, "position", targets, out target)
            : SignalRefusal.None;
    }

    private static SignalRefusal Feature(SignalLine fields, ReadOnlySpan<byte> line, SignalTargets targets, ref Signal signal, out SignalTarget? target)
    {
        signal.Type = SignalType.Feature;
        target = null;
        if (!fields.TryText(line, SignalField.Model, out var model))
        {
            return SignalRefusal.Missing(SignalField.Model, "feature");
        }

        target = targets.FindByModel(model);
        return target is null ? new SignalRefusal("unknown-target", $"no strategy has the model '{Encoding.UTF8.GetString(model)}'")
            : fields.Has(SignalField.Values) ? SignalRefusal.None
            : SignalRefusal.Missing(SignalField.Values, "feature");
    }

    private static SignalRefusal Named(SignalLine fields, ReadOnlySpan<byte> line, string type, SignalTargets targets, out SignalTarget? target)
    {
        target = null;
        if (!fields.TryText(line, SignalField.Kind, out var kindText) || !TargetKindNames.TryParse(Encoding.UTF8.GetString(kindText), out var kind) || kind == TargetKind.Scope)
        {
            return SignalRefusal.Bad(SignalField.Kind, "strategy, feed, broker or component");
        }

        return SignalBodies.Target(fields, line, SignalField.Id, kind, type, targets, out target);
    }

    private static double Optional(SignalLine fields, ReadOnlySpan<byte> line, SignalField field) => fields.TryNumber(line, field, out var value) ? value : double.NaN;

    private static string Text(SignalLine fields, ReadOnlySpan<byte> line, SignalField field) =>
        fields.TryText(line, field, out var text) ? Encoding.UTF8.GetString(text.Length > 500 ? text[..500] : text) : string.Empty;
}
