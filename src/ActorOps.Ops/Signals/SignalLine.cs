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

    /// <summary>Finds the fields of a JSON object. Unknown fields are skipped, nested values too; the last of a repeated name counts.</summary>
    /// <exception cref="JsonException">The line is no JSON object.</exception>
    public void Scan(ReadOnlySpan<byte> line)
    {
        _present = 0;
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

    /// <summary>A finite number, written as JSON number or decimal string.</summary>
    public bool TryNumber(ReadOnlySpan<byte> line, SignalField field, out double value)
    {
        value = double.NaN;
        ref readonly var place = ref _fields[(int)field];
        return Has(field) && place.Kind is JsonTokenType.Number or JsonTokenType.String && SignalNumbers.TryParse(line.Slice(place.Start, place.Length), out value);
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
