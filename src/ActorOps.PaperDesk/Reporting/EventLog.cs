using System.Text;
using System.Text.Json;
using ActorOps.Client.Gates;

namespace ActorOps.PaperDesk.Reporting;

/// <summary>What the desk does, for people or, with <c>--json</c>, one object a line for tests to judge by.</summary>
internal sealed class EventLog(TextWriter output, bool json, TimeProvider time)
{
    private readonly Lock _lock = new();

    /// <summary>Writes an event. <paramref name="text"/> is the line for people; null: not shown to them.</summary>
    public void Write(string name, string? text, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        lock (_lock)
        {
            if (json)
            {
                output.WriteLine(Json(name, fields));
            }
            else if (text is not null)
            {
                output.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {text}");
            }

            output.Flush();
        }
    }

    private string Json(string name, ReadOnlySpan<(string Name, object? Value)> fields)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", name);
            writer.WriteString("at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
            writer.WriteNumber("monotonicNs", BootClock.Now());
            foreach (var (field, value) in fields)
            {
                Field(writer, field, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Field(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case decimal money:
                writer.WriteString(name, money.ToString("0.00##"));
                break;
            default:
                writer.WriteString(name, value.ToString());
                break;
        }
    }
}
