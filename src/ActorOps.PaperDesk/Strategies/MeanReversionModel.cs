namespace ActorOps.PaperDesk.Strategies;

/// <summary>Leans against the move: distance from a moving mean in standard deviations, the other way round.</summary>
internal sealed class MeanReversionModel(int variant) : IModel
{
    private readonly double _weight = 2.0 / (10 + (2 * variant));
    private double _mean;
    private double _variance;
    private int _bars;

    public string Name => "mean-reversion";

    public string Version => "1.0.0";

    public IReadOnlyDictionary<string, double> Features { get; private set; } = new Dictionary<string, double>();

    public double Score(double price)
    {
        if (_bars++ == 0)
        {
            _mean = price;
            return 0;
        }

        var distance = price - _mean;
        _mean += _weight * distance;
        _variance = ((1 - _weight) * _variance) + (_weight * distance * distance);
        var deviation = Math.Sqrt(_variance);
        Features = new Dictionary<string, double> { ["distance"] = distance, ["deviation"] = deviation };
        return _bars < 5 || deviation <= 0 ? 0 : Math.Clamp(-distance / (2 * deviation), -1, 1);
    }
}
