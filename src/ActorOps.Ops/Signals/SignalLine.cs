using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ActorOps.Ops.Signals;

/// <summary>Scratch of one line: where each known field's value stands. Reused for every line of a connection.</summary>
internal sealed class SignalLine
{
    private const int FieldCount = (int)SignalField.Unknown;
    private readonly (int Start, int Length, JsonTokenType Kind, bool Escaped)[] _fields = new (int, int, JsonTokenType, bool)[FieldCount];
    private ulong _present;
    private ulong _refused;

    /// <summary>Finds the fields of a JSON object. Unknown fields are skipped, nested values too; the last of a repeated name counts.</summary>
    /// <exception cref="JsonException">The line is not a JSON object.</exception>
    public void Scan(ReadOnlySpan<byte> line)
    {
        _present = _refused = 0;
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A signal is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueIsEscaped ? SignalField.Unknown : SignalFields.Find(reader.ValueSpan);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (field == SignalField.Values)
                {
                    Set(field, 0, 0, JsonTokenType.StartObject, false);
                }

                reader.Skip();
            }
            else if (field != SignalField.Unknown && reader.TokenType != JsonTokenType.Null)
            {
                var start = (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
                Set(field, start, reader.ValueSpan.Length, reader.TokenType, reader.ValueIsEscaped);
            }
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
        {
            throw new JsonException("A line holds one JSON object and nothing else.");
        }
    }

    public bool Has(SignalField field) => (_present & (1UL << (int)field)) != 0;

    /// <summary>Whether a field was read as a number that it may not be.</summary>
    public bool HasRefused => _refused != 0;

    /// <summary>Fields that were read as numbers that they may not be.</summary>
    public IEnumerable<SignalField> Refused => Enum.GetValues<SignalField>().Where(place => place != SignalField.Unknown && (_refused & (1UL << (int)place)) != 0);

    /// <summary>Refuses a field for a reason of its own.</summary>
    public void Refuse(SignalField field, bool isRefused = true) => _refused |= isRefused ? 1UL << (int)field : 0;

    /// <summary>Why a number is not taken: what was found, and the field's bounds.</summary>
    public SignalRefusal Refusal(ReadOnlySpan<byte> line, SignalField field)
    {
        var expected = $"a number {SignalBounds.Of(field)}";
        ref readonly var place = ref _fields[(int)field];
        return !Has(field) || place.Kind is not (JsonTokenType.Number or JsonTokenType.String)
            ? SignalRefusal.Bad(field, expected)
            : SignalRefusal.Bad(field, expected, Encoding.UTF8.GetString(line.Slice(place.Start, Math.Min(place.Length, 40))));
    }

    /// <summary>Text of a string field; unescaped into new memory only when it has escapes.</summary>
    public bool TryText(ReadOnlySpan<byte> line, SignalField field, out ReadOnlySpan<byte> text)
    {
        text = default;
        ref readonly var place = ref _fields[(int)field];
        if (!Has(field) || place.Kind != JsonTokenType.String)
        {
            return false;
        }

        text = line.Slice(place.Start, place.Length);
        if (place.Escaped)
        {
            text = Unescape(line.Slice(place.Start - 1, place.Length + 2));
        }

        return true;
    }

    /// <summary>A number within the field's bounds, written as JSON number or decimal string. One that is there and is not taken is noted as refused.</summary>
    public bool TryNumber(ReadOnlySpan<byte> line, SignalField field, out double value)
    {
        value = double.NaN;
        ref readonly var place = ref _fields[(int)field];
        if (!Has(field))
        {
            return false;
        }

        if (place.Kind is JsonTokenType.Number or JsonTokenType.String && SignalNumbers.TryParse(line.Slice(place.Start, place.Length), out value) && SignalBounds.Holds(field, value))
        {
            return true;
        }

        value = double.NaN;
        Refuse(field);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(SignalField field, int start, int length, JsonTokenType kind, bool escaped)
    {
        _fields[(int)field] = (start, length, kind, escaped);
        _present |= 1UL << (int)field;
    }

    private static byte[] Unescape(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }
}
