namespace ActorOps.PaperDesk.Running;

/// <summary>One step of the desk: the market, then what the broker says, then what is due by the clock.</summary>
internal sealed class DeskLoop(DeskState state, MarketPump market, OrderDesk orders)
{
    private readonly Schedule _schedule = new(state, orders);

    public void Step()
    {
        var now = state.Clock.Now;
        market.Step(now);
        if (state.Active.Price is > 0 and var price)
        {
            orders.Follow(now, price);
            _schedule.Step(now, price);
        }
    }
}
