using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Rules;

/// <summary>
/// Journals the limits in force. What a configuration tightens is in force at once; what it loosens is only proposed, and comes into force when two people
/// have agreed. Limits on record stay in force until then.
/// </summary>
internal sealed class LimitsRecorderActor(EventSourcedOptions store, Projection<LimitsState, LimitsEvent> projection, SortedDictionary<string, string> wanted, Func<LimitsEvent.LimitsProposed, bool> isApproved, ILogger log)
    : ProjectedActor<LimitsState, LimitsEvent>(store, projection)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async ValueTask Recovered()
    {
        await base.Recovered().ConfigureAwait(false);
        await CompareAsync().ConfigureAwait(false);
        Context.Timers.StartPeriodic("tick", new Tick(), Interval);
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        if (message is not Tick)
        {
            Unhandled(message);
        }
        else if (State.Proposed is { } proposed && isApproved(proposed))
        {
            await PutInForceAsync(new SortedDictionary<string, string>(proposed.Values.ToDictionary(), StringComparer.Ordinal)).ConfigureAwait(false);
        }
    }

    private async ValueTask CompareAsync()
    {
        if (LimitsTable.Hash(wanted) == State.Hash)
        {
            return;
        }

        var loosened = LimitsTable.Loosened(State.Values, wanted);
        var allowed = new SortedDictionary<string, string>(wanted, StringComparer.Ordinal);
        foreach (var key in loosened)
        {
            allowed[key] = State.Values[key];
        }

        if (LimitsTable.Hash(allowed) != State.Hash)
        {
            await PutInForceAsync(allowed).ConfigureAwait(false);
        }

        var hash = LimitsTable.Hash(wanted);
        if (loosened.Count > 0 && State.Proposed?.Hash != hash)
        {
            var changes = LimitsTable.Changes(State.Values, wanted);
            foreach (var change in changes)
            {
                RuleLog.LimitProposed(log, change, hash);
            }

            await PersistAsync(NewId(), [new LimitsEvent.LimitsProposed(hash, wanted, changes, Context.System.TimeProvider.GetUtcNow())]).ConfigureAwait(false);
        }
    }

    private async ValueTask PutInForceAsync(SortedDictionary<string, string> table)
    {
        var changes = LimitsTable.Changes(State.Values, table);
        foreach (var change in changes)
        {
            RuleLog.LimitChanged(log, change);
        }

        await PersistAsync(NewId(), [new LimitsEvent.LimitsInForce(LimitsTable.Hash(table), table, changes)]).ConfigureAwait(false);
    }

    private Guid NewId() => Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow());

    private sealed record Tick;
}
