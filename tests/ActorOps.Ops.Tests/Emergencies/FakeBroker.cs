using ActorOps.Ops.Brokers;

namespace ActorOps.Ops.Tests.Emergencies;

/// <summary>A broker that does what it is told, late if it is told so.</summary>
internal sealed class FakeBroker : IBrokerConnection
{
    private readonly Lock _lock = new();

    public string Broker => "b";

    public List<BrokerOrder> Orders { get; } = [];

    public List<BrokerPosition> Positions { get; } = [];

    public List<string> Cancelled { get; } = [];

    public List<string> Closed { get; } = [];

    public bool IsDown { get; set; }

    public bool IgnoresCancels { get; set; }

    /// <summary>Numbers of questions for open orders that are not answered.</summary>
    public HashSet<int> Unanswered { get; } = [];

    public int Asked { get; private set; }

    /// <summary>Called before each look, with its number.</summary>
    public Action<int> OnLook { get; set; } = static _ => { };

    public int Looks { get; private set; }

    /// <summary>Why the list of orders is not all; null: it is.</summary>
    public string? OrdersIncomplete { get; set; }

    /// <summary>Why the list of positions is not all; null: it is.</summary>
    public string? PositionsIncomplete { get; set; }

    /// <summary>Positions are not answered.</summary>
    public bool HidesPositions { get; set; }

    /// <summary>Symbol of positions that cannot be closed.</summary>
    public string? Refuses { get; set; }

    public Task<BrokerList<BrokerOrder>> OpenOrdersAsync(bool isUrgent, CancellationToken cancellation) => Unanswered.Contains(++Asked) ? Task.FromException<BrokerList<BrokerOrder>>(new BrokerUnavailableException("b", "cut")) : Answer(() =>
    {
        OnLook(++Looks);
        return new BrokerList<BrokerOrder>([.. Orders]) { Incomplete = OrdersIncomplete };
    });

    public Task<CancelAnswer> CancelAsync(string orderId, CancellationToken cancellation) => Answer(() =>
    {
        Cancelled.Add(orderId);
        return IgnoresCancels ? CancelAnswer.Refused : Orders.RemoveAll(order => order.OrderId == orderId) > 0 ? CancelAnswer.Taken : CancelAnswer.Gone;
    });

    public Task<BrokerList<BrokerPosition>> PositionsAsync(bool isUrgent, CancellationToken cancellation) => HidesPositions
        ? Task.FromException<BrokerList<BrokerPosition>>(new BrokerUnavailableException("b", "positions are not available"))
        : Answer(() => new BrokerList<BrokerPosition>([.. Positions]) { Incomplete = PositionsIncomplete });

    public Task CloseAsync(BrokerPosition position, string clientOrderId, CancellationToken cancellation) => position.Symbol == Refuses ? Task.FromException(new BrokerUnavailableException("b", "insufficient qty available")) : Answer(() =>
    {
        if (!Closed.Contains(clientOrderId))
        {
            Closed.Add(clientOrderId);
            Positions.Remove(position);
        }

        return true;
    });

    public static BrokerOrder Order(string id, string? strategy = "s", string? account = "a") => new(id, id, account, strategy, "X", 10, "new");

    private Task<T> Answer<T>(Func<T> answer)
    {
        lock (_lock)
        {
            return IsDown ? Task.FromException<T>(new BrokerUnavailableException("b", "down")) : Task.FromResult(answer());
        }
    }
}
