using System.Text.Json.Serialization.Metadata;

namespace ActorOps.Kernel.Persistence;

/// <summary>An event-sourced actor whose state others read: what it stores is in the projection of its process before anybody is answered.</summary>
public abstract class ProjectedActor<TState, TEvent>(EventSourcedOptions options, Projection<TState, TEvent> projection, JsonTypeInfo<TState>? snapshotType = null)
    : EventSourcedActor<TState, TEvent>(options, projection.Codec, snapshotType)
    where TState : class
    where TEvent : class
{
    /// <inheritdoc/>
    protected sealed override string StreamId => projection.Stream;

    /// <inheritdoc/>
    protected sealed override TState InitialState => projection.Initial;

    /// <inheritdoc/>
    protected sealed override TState Apply(TState state, TEvent e) => projection.Apply(state, e);

    /// <inheritdoc/>
    protected override ValueTask Recovered()
    {
        projection.Advance(State, SequenceNumber);
        return default;
    }

    /// <inheritdoc/>
    protected sealed override void Stored() => projection.Advance(State, SequenceNumber);
}
