using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

/// <summary>Adds numbers up. It replies with the total once stored.</summary>
internal sealed class CounterActor(EventSourcedOptions options, List<string>? log = null)
    : EventSourcedActor<CounterState, CounterEvent>(options, new JsonEventCodec<CounterEvent>(CounterJson.Default.CounterEvent), CounterJson.Default.CounterState)
{
    protected override string StreamId => "counter";

    protected override CounterState InitialState => new(0, 0);

    protected override CounterState Apply(CounterState state, CounterEvent e) => e switch
    {
        CounterEvent.Added added => new CounterState(state.Total + added.Amount, state.Events + 1),
        _ => throw new InvalidOperationException(),
    };

    protected override ValueTask Recovered()
    {
        log?.Add($"recovered {State.Total} at {SequenceNumber}");
        return default;
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        var sender = Sender;
        switch (message)
        {
            case int amount:
                log?.Add($"decides {amount} on {State.Total}");
                Defer(() => log?.Add($"deferred {amount}"));
                await PersistAsync(Guid.CreateVersion7(), [new CounterEvent.Added(amount)]);
                sender.Tell(State.Total);
                break;
            case int[] amounts:
                await PersistAsync(Guid.CreateVersion7(), [.. amounts.Select(amount => new CounterEvent.Added(amount))]);
                sender.Tell(State.Total);
                break;
            case "defer only":
                Defer(() => log?.Add("deferred without events"));
                log?.Add("handled");
                break;
            case "defer and fail":
                Defer(() => log?.Add("must not run"));
                throw new InvalidOperationException("asked to fail");
            default:
                sender.Tell(State.Total);
                break;
        }
    }
}
