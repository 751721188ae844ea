using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Tests.Windows;

public class LatencyWindowTests
{
    [Fact]
    public void The_95th_percentile_is_within_five_percent_of_the_exact_one()
    {
        var random = new Random(9);
        var window = new LatencyWindow(300_000);
        var values = Enumerable.Range(0, 2000).Select(_ => Math.Exp(3 + (0.8 * random.NextDouble() * 3))).ToList();
        values.ForEach(value => window.Add(1000, value));
        var exact = values.Order().ElementAt((int)Math.Ceiling(values.Count * 0.95) - 1);
        var (estimate, samples) = window.Percentile95(1000);
        Assert.Equal(2000, samples);
        Assert.InRange(estimate / exact, 0.95, 1.05);
    }

    [Fact]
    public void Old_values_leave()
    {
        var window = new LatencyWindow(300_000);
        window.Add(0, 500);
        window.Add(200_000, 10);
        Assert.Equal(1, window.Percentile95(310_000).Samples);
        Assert.Equal(0, window.Percentile95(2_000_000).Samples);
    }
}
