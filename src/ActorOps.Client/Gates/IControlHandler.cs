using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>
/// What a trading system does when it is told to. Orders that take risk off (<c>halt</c>, <c>reduce-only</c>, <c>cancel-all</c>) come one at a time, and so do all others;
/// the two may overlap, as taking risk off waits for no deployment. However long a call takes, permits and trips go past it.
/// </summary>
public interface IControlHandler
{
    /// <summary>
    /// Carries out an order that the library does not know how to: cancel, switch, resize and so on. Return the outcome for the record;
    /// an exception is reported as failed, and the order is not repeated.
    /// </summary>
    ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation);

    /// <summary>Contact has been lost for longer than the grace: cancel own open orders that add risk.</summary>
    ValueTask OnIsolatedAsync(CancellationToken cancellation);
}
