namespace ActorOps.PaperDesk.Books;

/// <summary>Position and profit of one strategy in one symbol, to the cent.</summary>
internal sealed class PositionBook
{
    private decimal _averagePrice;

    /// <summary>Shares, signed.</summary>
    public int Quantity { get; private set; }

    /// <summary>Shares in open orders, signed.</summary>
    public int OpenQuantity { get; set; }

    public decimal AveragePrice => _averagePrice;

    public decimal Realized { get; private set; }

    public decimal Fees { get; private set; }

    public decimal Unrealized(decimal price) => Math.Round((price - _averagePrice) * Quantity, 2);

    /// <summary>Takes a fill in: what closes realises, what opens moves the average.</summary>
    public void Fill(int signedQuantity, decimal price, decimal fee)
    {
        Fees += fee;
        Realized -= fee;
        var closing = Math.Sign(Quantity) == -Math.Sign(signedQuantity) ? Math.Min(Math.Abs(Quantity), Math.Abs(signedQuantity)) : 0;
        Realized += Math.Round(closing * (price - _averagePrice) * Math.Sign(Quantity), 2);
        var before = Quantity;
        Quantity += signedQuantity;
        if (Quantity == 0)
        {
            _averagePrice = 0;
        }
        else if (before == 0 || Math.Sign(before) != Math.Sign(Quantity))
        {
            _averagePrice = price;
        }
        else if (Math.Sign(before) == Math.Sign(signedQuantity))
        {
            _averagePrice = ((_averagePrice * Math.Abs(before)) + (price * Math.Abs(signedQuantity))) / Math.Abs(Quantity);
        }
    }

    /// <summary>A loss out of nowhere, for the fault of that name.</summary>
    public void Lose(decimal amount) => Realized -= Math.Round(amount, 2);
}
