using System.Text.Json.Serialization;

namespace ActorOps.Kernel.Tests.Persistence;

internal sealed record CounterState(long Total, long Events);

[JsonDerivedType(typeof(Added), "counter.added.v1")]
internal abstract record CounterEvent
{
    public sealed record Added(int Amount) : CounterEvent;
}

[JsonSerializable(typeof(CounterEvent))]
[JsonSerializable(typeof(CounterState))]
internal sealed partial class CounterJson : JsonSerializerContext;
