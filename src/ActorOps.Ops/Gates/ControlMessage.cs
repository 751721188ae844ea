using System.Security.Cryptography;
using System.Text.Json;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Gates;

/// <summary>An order to a desk.</summary>
/// <param name="Id">Unique; the desk applies it at most once.</param>
/// <param name="Kind">Such as <c>switch-feed</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Arguments">What else it needs.</param>
/// <param name="CreatedAt">When; those that add risk or change something grow too old.</param>
public sealed record ControlMessage(Guid Id, string Kind, string Scope, IReadOnlyDictionary<string, string> Arguments, DateTimeOffset CreatedAt)
{
    /// <summary>Halt, reduce-only and cancel-all are good at any time.</summary>
    public bool NeverExpires => Kind is "halt" or "reduce-only" or "cancel-all";

    /// <summary>A random id of 128 bits (version 4): nobody guesses the order of another desk.</summary>
    internal static Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x40), (byte)(bytes[8] & 0x3F | 0x80));
        return new Guid(bytes, bigEndian: true);
    }

    internal OutboxMessage ToOutbox(string desk) => new(Id, Destination(desk), JsonSerializer.Serialize(this, GateJson.Default.ControlMessage));

    internal static string Destination(string desk) => "desk/" + desk;
}
