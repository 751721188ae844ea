using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Tests.Markets;

/// <summary>What is known of real days holds for generated ones.</summary>
public sealed class GeneratedDayTests : IDisposable
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(6.5);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_same_seed_gives_the_same_day_and_another_seed_another()
    {
        Assert.True(GeneratedDay.Ticks(1).SequenceEqual(GeneratedDay.Ticks(1)));
        Assert.False(GeneratedDay.Ticks(1).SequenceEqual(GeneratedDay.Ticks(2)));
    }

    [Fact]
    public void Volatility_and_activity_are_high_at_the_open_low_at_midday_and_higher_at_the_close()
    {
        var hours = new (double Count, double Variance)[3];
        for (var seed = 1; seed <= 8; seed++)
        {
            var ticks = GeneratedDay.Ticks(seed).ToList();
            foreach (var (hour, from) in (ReadOnlySpan<(int, double)>)[(0, 0), (1, 3), (2, 5.5)])
            {
                var part = ticks.Where(tick => tick.Time >= TimeSpan.FromHours(from) && tick.Time < TimeSpan.FromHours(from + 1)).ToList();
                var minutes = part.GroupBy(tick => (int)tick.Time.TotalMinutes).Select(minute => (double)minute.Last().Price).ToList();
                hours[hour].Count += part.Count;
                hours[hour].Variance += minutes.Zip(minutes.Skip(1), (a, b) => Math.Pow(Math.Log(b / a), 2)).Where(square => square < 1e-5).Average();
            }
        }

        Assert.True(hours[0].Count > 1.5 * hours[1].Count && hours[2].Count > 1.2 * hours[1].Count, $"{hours[0]} {hours[1]} {hours[2]}");
        Assert.True(hours[0].Variance > 1.5 * hours[1].Variance && hours[2].Variance > hours[1].Variance, $"{hours[0]} {hours[1]} {hours[2]}");
    }

    [Fact]
    public void Trades_come_in_bursts_in_cents_and_in_lots_of_all_sizes()
    {
        var ticks = GeneratedDay.Ticks(3).ToList();
        Assert.InRange(ticks.Count, 40_000, 250_000);
        Assert.All(ticks, tick => Assert.True(tick.Price > 50 && tick.Price == Math.Round(tick.Price, 2) && tick.Size >= 1 && tick.Time < Session));
        var seconds = ticks.GroupBy(tick => (int)tick.Time.TotalSeconds).Select(second => (double)second.Count()).ToList();
        Assert.True(seconds.Max() > 8 * seconds.Average(), $"the busiest second has {seconds.Max()} trades, the average {seconds.Average()}");
        Assert.Contains(ticks, tick => tick.Size < 100);
        Assert.Contains(ticks, tick => tick.Size >= 5000);
        Assert.InRange(ticks.Count(tick => tick.Size % 100 == 0) / (double)ticks.Count, 0.6, 0.9);
    }

    [Fact]
    public void Some_days_have_a_halt_of_five_minutes_and_others_have_none()
    {
        var longest = Enumerable.Range(1, 12).Select(seed => GeneratedDay.Ticks(seed).Zip(GeneratedDay.Ticks(seed).Skip(1), (a, b) => b.Time - a.Time).Max()).ToList();
        Assert.Contains(longest, pause => pause >= TimeSpan.FromMinutes(5));
        Assert.Contains(longest, pause => pause < TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("day.csv")]
    [InlineData("day.csv.gz")]
    public async Task A_written_day_is_read_back_from_its_open_after_a_gap(string name)
    {
        await GeneratedDay.WriteAsync(5, _directory.File(name), CancellationToken.None);
        var read = RecordedMarket.Read(_directory.File(name)).ToList();
        Assert.Equal(GeneratedDay.Ticks(5).Count(), read.Count);
        Assert.Equal(GeneratedDay.Ticks(5).Last().Price, read[^1].Price);
    }
}
