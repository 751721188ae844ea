using ActorOps.Client.Gates;
using ActorOps.PaperDesk.Books;

namespace ActorOps.PaperDesk.Strategies;

/// <summary>A model with a book of its own: turns scores into target positions.</summary>
internal sealed class Strategy(string id, IModel model, decimal aum, GateRoute? route)
{
    private const decimal LargestShare = 0.1m;
    private const int Lot = 10;
    private (string Id, double Score, double Price)? _prediction;

    public string Id => id;

    public IModel Model => model;

    public decimal Aum => aum;

    public GateRoute? Route { get; set; } = route;

    public PositionBook Book { get; } = new();

    /// <summary>Orders that left.</summary>
    public int Orders { get; set; }

    /// <summary>Executions.</summary>
    public int Fills { get; set; }

    public double LastScore { get; private set; }

    public int Predictions { get; private set; }

    /// <summary>Decisions so far, those that were refused included.</summary>
    public long Decisions { get; private set; }

    /// <summary>Decisions that were not taken, as the score was out of the range that the model was trained to give.</summary>
    public long Refused { get; private set; }

    /// <summary>Quantity to trade after a bar, signed; 0 for nothing. <paramref name="shift"/> is a drift of the model's scores: one beyond -1 to 1 is refused.</summary>
    public int Decide(double price, double shift, double sizeFactor)
    {
        var score = model.Score(price) + shift;
        LastScore = Math.Clamp(score, -1, 1);
        Decisions++;
        if (Math.Abs(score) > 1)
        {
            Refused++;
            return 0;
        }

        var largest = (double)(aum * LargestShare) / price;
        var target = (int)Math.Round(LastScore * largest * sizeFactor / Lot) * Lot;
        var difference = target - Book.Quantity - Book.OpenQuantity;

        // Small changes are not worth their costs.
        return Math.Abs(difference) < Math.Max(Lot, largest * sizeFactor / 2) ? 0 : difference;
    }

    /// <summary>Records the new prediction and gives back the one before with its label: 1 when the price went its way.</summary>
    public (string Id, double Score, int Label)? NextPrediction(double price)
    {
        var before = _prediction;
        _prediction = ($"{id}-{++Predictions}", LastScore, price);
        return before is null ? null : (before.Value.Id, before.Value.Score, Math.Sign(price - before.Value.Price) == Math.Sign(before.Value.Score) ? 1 : 0);
    }

    public string PredictionId => _prediction?.Id ?? $"{id}-0";
}
