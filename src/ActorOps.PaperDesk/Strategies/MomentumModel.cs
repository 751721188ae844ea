namespace ActorOps.PaperDesk.Strategies;

/// <summary>Follows the trend: fast over slow average, in units of recent volatility.</summary>
internal sealed class MomentumModel(int variant) : IModel
{
    private readonly double _fastWeight = 2.0 / (30 + variant);
    private readonly double _slowWeight = 2.0 / (120 + (4 * variant));
    private double _fast;
    private double _slow;
    private double _volatility;
    private double _last;
    private int _bars;

    public string Name => "momentum";

    public string Version => "1.0.0";

    public IReadOnlyDictionary<string, double> Features { get; private set; } = new Dictionary<string, double>();

    public double Score(double price)
    {
        if (_bars++ == 0)
        {
            (_fast, _slow, _last) = (price, price, price);
            return 0;
        }

        _volatility = (0.9 * _volatility) + (0.1 * Math.Abs(price - _last));
        _last = price;
        _fast += _fastWeight * (price - _fast);
        _slow += _slowWeight * (price - _slow);
        Features = new Dictionary<string, double> { ["spread"] = _fast - _slow, ["volatility"] = _volatility };
        return _bars < 5 || _volatility <= 0 ? 0 : Math.Clamp((_fast - _slow) / _volatility, -1, 1);
    }
}
