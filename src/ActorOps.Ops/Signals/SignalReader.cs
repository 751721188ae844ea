using System.Text;
using System.Text.Json;
using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>One NDJSON line to one signal and the targets it goes to. One instance a connection; not for several threads.</summary>
internal sealed class SignalReader
{
    public const int LongestLine = 16 * 1024;
    private const long LargestSkewMs = 5000;
    private readonly SignalLine _fields = new();

    /// <summary>Reads a line. A broker hears of its orders and fills too: then <paramref name="second"/> is set.</summary>
    public SignalRefusal Read(ReadOnlySpan<byte> line, SignalSource source, SignalTargets targets, out Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        signal = default;
        first = second = null;
        if (line.Length > LongestLine)
        {
            return new SignalRefusal("line-too-long", $"a line has at most {LongestLine} bytes, this one has {line.Length}");
        }

        try
        {
            _fields.Scan(line);
        }
        catch (JsonException error)
        {
            return new SignalRefusal("bad-json", error.Message);
        }
        catch (InvalidOperationException error)
        {
            return new SignalRefusal("bad-json", error.Message);
        }

        if (!_fields.TryText(line, SignalField.Type, out var type))
        {
            return SignalRefusal.Missing(SignalField.Type, "a signal");
        }

        signal.Principal = source.Principal;
        signal.ReceivedMs = source.NowMs;
        signal.Sequence = -1;
        var refusal = ReadTime(line, source, ref signal, out var ahead);
        if (refusal.IsRefused)
        {
            return refusal;
        }

        refusal = ReadBody(line, type, targets, ref signal, out first, out second);
        if (signal is { Skewed: true, Type: SignalType.Order, OriginMs: > 0 })
        {
            // By the same clock as the time of the line: how long the order took is known all the same.
            signal.OriginMs -= ahead;
        }

        return refusal.IsRefused ? refusal : Permit(source, first, second);
    }

    /// <summary>Whether the line that was read last counts without some of its fields.</summary>
    public bool HasWarnings => _fields.HasRefused;

    /// <summary>Fields of the line that was read last that were refused on their own.</summary>
    public IEnumerable<SignalWarning> Warnings(ReadOnlySpan<byte> line, long number)
    {
        List<SignalWarning> warnings = [];
        foreach (var field in _fields.Refused)
        {
            var refusal = _fields.Refusal(line, field);
            warnings.Add(new SignalWarning(number, SignalFields.NameOf(field), refusal.Code!, refusal.Detail!));
        }

        return warnings;
    }

    private SignalRefusal ReadBody(ReadOnlySpan<byte> line, ReadOnlySpan<byte> type, SignalTargets targets, ref Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        second = null;
        if (type.SequenceEqual("tick"u8))
        {
            return SignalBodies.Tick(_fields, line, targets, ref signal, out first);
        }

        if (type.SequenceEqual("pnl"u8))
        {
            return SignalBodies.Pnl(_fields, line, targets, ref signal, out first);
        }

        if (type.SequenceEqual("order"u8))
        {
            return SignalBodies.Order(_fields, line, targets, ref signal, out first, out second);
        }

        if (type.SequenceEqual("fill"u8))
        {
            return SignalBodies.Fill(_fields, line, targets, ref signal, out first, out second);
        }

        return SignalStatusBodies.Read(_fields, line, type, targets, ref signal, out first);
    }

    /// <summary>Reads when it happened, and how far that is ahead of the receipt. Old is not wrong: what a sender with a good clock sends late has waited on its way.</summary>
    private SignalRefusal ReadTime(ReadOnlySpan<byte> line, SignalSource source, ref Signal signal, out long aheadMs)
    {
        aheadMs = 0;
        signal.AtMs = source.WallMs;
        if (!_fields.Has(SignalField.At))
        {
            signal.Skewed = true;
            return SignalRefusal.None;
        }

        if (!_fields.TryText(line, SignalField.At, out var text) || !SignalNumbers.TryParseTime(text, out var at))
        {
            return SignalRefusal.Bad(SignalField.At, "a time such as 2026-01-05T14:30:00.123Z (RFC 3339)");
        }

        aheadMs = at - source.WallMs;
        signal.Skewed = source.ClockAheadMs is { } clock ? clock is < -LargestSkewMs or > LargestSkewMs || aheadMs > LargestSkewMs : aheadMs is < -LargestSkewMs or > LargestSkewMs;
        signal.AtMs = signal.Skewed ? source.WallMs : at;
        return SignalRefusal.None;
    }

    private static SignalRefusal Permit(SignalSource source, SignalTarget? first, SignalTarget? second)
    {
        if (source.Desk is null || ((first is null || first.Desk == source.Desk) && (second is null || second.Desk == source.Desk)))
        {
            return SignalRefusal.None;
        }

        var foreign = first is not null && first.Desk != source.Desk ? first : second!;
        return new SignalRefusal("forbidden-target", $"{foreign.Id} belongs to another desk than '{source.Desk}'");
    }

    internal static SignalRefusal UnknownTarget(TargetKind kind, ReadOnlySpan<byte> id) =>
        new("unknown-target", $"there is no {kind.ToWire()} '{Encoding.UTF8.GetString(id.Length > 100 ? id[..100] : id)}'; register it in actorops.desks or in the desk's hello");
}
