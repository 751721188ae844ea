using System.Text.Json.Serialization;

namespace ActorOps.Ops.Gates;

/// <summary>A scope's state as a desk is told.</summary>
internal sealed record GateState(string Scope, string Level, string Cause);

/// <summary>A standing trip as a desk must remember it.</summary>
internal sealed record GateTrip(Guid TripId, string Scope, string Level);

/// <summary>A size cap.</summary>
internal sealed record GateSizeCap(string Scope, double? MaxPositionFraction, double? SizeFactor);

/// <summary>What a desk may rely on until its echo's time plus <c>validForMs</c>.</summary>
internal sealed record GatePermit(
    Guid PermitId,
    long Incarnation,
    long Epoch,
    long Echo,
    int ValidForMs,
    IReadOnlyList<GateState> States,
    IReadOnlyList<Guid> Trips,
    IReadOnlyList<GateTrip> Standing,
    IReadOnlyList<Guid> Cleared,
    IReadOnlyList<GateSizeCap> SizeCaps,
    IReadOnlyList<string> HaltOnIsolation,
    long Version);

/// <summary>A control event on the wire.</summary>
internal sealed record GateControl(Guid Id, long Echo, string Kind, string Scope, IReadOnlyDictionary<string, string> Arguments, int ValidForMs, long Epoch);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatePermit))]
[JsonSerializable(typeof(GateControl))]
[JsonSerializable(typeof(ControlMessage))]
internal sealed partial class GateJson : JsonSerializerContext;
