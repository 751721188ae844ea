using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Rules;

/// <summary>At start, journals the limits in force when they differ from the last ones; a loosening is said aloud.</summary>
internal sealed class LimitsRecorderActor(EventSourcedOptions store, RuleOptions options, ILogger log)
    : EventSourcedActor<LimitsRecorderActor.InForce, LimitsEvent>(store, new JsonEventCodec<LimitsEvent>(LimitsJson.Default.LimitsEvent))
{
    protected override string StreamId => "limits";

    protected override InForce InitialState => new(string.Empty, new Dictionary<string, string>());

    protected override InForce Apply(InForce state, LimitsEvent e) => e switch
    {
        LimitsEvent.LimitsInForce inForce => new InForce(inForce.Hash, inForce.Values),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    protected override async ValueTask Recovered()
    {
        var table = LimitsTable.Of(options);
        var hash = LimitsTable.Hash(table);
        if (hash == State.Hash)
        {
            return;
        }

        var changes = LimitsTable.Changes(State.Values, table);
        foreach (var change in changes)
        {
            RuleLog.LimitChanged(log, change);
        }

        await PersistAsync(Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow()), [new LimitsEvent.LimitsInForce(hash, table, changes)]).ConfigureAwait(false);
    }

    protected override ValueTask ReceiveCommand(object message)
    {
        Unhandled(message);
        return default;
    }

    internal sealed record InForce(string Hash, IReadOnlyDictionary<string, string> Values);
}
