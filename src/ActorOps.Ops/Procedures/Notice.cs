using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Procedures;

/// <summary>A message to people or to a ticket system, on its way through the outbox.</summary>
/// <param name="Kind"><c>notification</c> or <c>ticket</c>.</param>
/// <param name="Severity">P0 to P3.</param>
/// <param name="Title">In a line.</param>
/// <param name="Text">In full.</param>
internal sealed record Notice(string Kind, string Severity, string Title, string Text)
{
    /// <summary>Where notices wait for delivery.</summary>
    public const string Destination = "notices";

    /// <summary>The message, under an id that the same step always has.</summary>
    public OutboxMessage ToOutbox(Guid procedure, string step) => new(IdOf(procedure, step), Destination, JsonSerializer.Serialize(this, NoticeJson.Default.Notice));

    /// <summary>An id made of a procedure and a name: always the same for the same two.</summary>
    public static Guid IdOf(Guid procedure, string name) => new(SHA256.HashData([.. procedure.ToByteArray(), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Notice))]
internal sealed partial class NoticeJson : JsonSerializerContext;
