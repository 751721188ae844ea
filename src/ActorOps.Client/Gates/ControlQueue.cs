using System.Threading.Channels;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>
/// Control events on their way through the trading system's handler, beside the stream that brought them: a handler that takes its time holds up neither permits nor
/// trips. What takes risk off has a lane of its own and waits for nothing else. Each id is applied once.
/// </summary>
internal sealed class ControlQueue(GateMemoryFile memory, IControlHandler handler, Func<long> epoch, Func<long, bool> hasSent, Func<ControlMessage, string, AckBody, CancellationToken, Task> acknowledge, Action<string> trouble)
{
    private readonly Channel<(string Session, ControlMessage Control)> _reducing = Channel.CreateUnbounded<(string, ControlMessage)>();
    private readonly Channel<(string Session, ControlMessage Control)> _others = Channel.CreateUnbounded<(string, ControlMessage)>();
    private readonly HashSet<Guid> _inHand = [];

    /// <summary>Whether an event is one of those that only take risk off: they come from any node and never expire.</summary>
    public static bool TakesRiskOff(ControlMessage control) => control.Kind is "halt" or "reduce-only" or "cancel-all";

    /// <summary>Queues an event of a session. One that waits or runs already is left alone: its own outcome is yet to come.</summary>
    public void Add(string session, ControlMessage control)
    {
        lock (_inHand)
        {
            if (!_inHand.Add(control.Id))
            {
                return;
            }
        }

        (TakesRiskOff(control) ? _reducing : _others).Writer.TryWrite((session, control));
    }

    /// <summary>Carries events out until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(RunAsync(_reducing.Reader, cancellation), RunAsync(_others.Reader, cancellation));

    private async Task RunAsync(ChannelReader<(string Session, ControlMessage Control)> lane, CancellationToken cancellation)
    {
        while (await lane.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (lane.TryRead(out var next))
            {
                var outcome = await ApplyAsync(next.Control, cancellation).ConfigureAwait(false);
                lock (_inHand)
                {
                    _inHand.Remove(next.Control.Id);
                }

                // A node that has died takes its time not to answer: the next order does not wait for that.
                _ = AcknowledgeAsync(next.Session, next.Control, outcome, cancellation);
            }
        }
    }

    private async Task<AckBody> ApplyAsync(ControlMessage control, CancellationToken cancellation)
    {
        var takesRiskOff = TakesRiskOff(control);
        if (!takesRiskOff && control.Epoch < epoch())
        {
            return new AckBody("refused", $"epoch {control.Epoch} is older than {epoch()}");
        }

        if (!takesRiskOff && (control.ValidForMs is <= 0 or > TradingGate.LongestLifeMs || !hasSent(control.Echo)))
        {
            return new AckBody("refused", $"echo {control.Echo} is not one that this desk has sent lately, or {control.ValidForMs} ms is not a life from 1 to {TradingGate.LongestLifeMs} ms");
        }

        if (!takesRiskOff && BootClock.Now() > control.Echo + (control.ValidForMs * 1_000_000L))
        {
            return new AckBody("expired", null);
        }

        if (!memory.TryBegin(control.Id))
        {
            return new AckBody("repeated", null);
        }

        try
        {
            return new AckBody("applied", await handler.ApplyAsync(control, cancellation).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // whatever a trading system's handler throws is its answer, and must not end the connection
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new AckBody("failed", error.Message);
        }
    }

    /// <summary>One that is not heard is sent again by the node, and answered as repeated.</summary>
    private async Task AcknowledgeAsync(string session, ControlMessage control, AckBody outcome, CancellationToken cancellation)
    {
        try
        {
            await acknowledge(control, session, outcome, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // nobody waits for this
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            trouble($"{control.Kind} {control.Id} was {outcome.Outcome}, but the node could not be told: {error.Message}");
        }
    }
}
