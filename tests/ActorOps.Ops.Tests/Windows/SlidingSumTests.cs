using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Tests.Windows;

public class SlidingSumTests
{
    [Fact]
    public void It_agrees_with_a_plain_list_to_one_bucket()
    {
        var random = new Random(3);
        var sum = new SlidingSum(1000, 60);
        var all = new List<(long At, double Value)>();
        long now = 0;
        for (var i = 0; i < 5000; i++)
        {
            now += random.Next(3000);
            var value = random.Next(-100, 100);
            sum.Add(now, value);
            all.Add((now, value));
            var oldest = ((now / 1000) - 59) * 1000;
            Assert.Equal(all.Where(item => item.At >= oldest).Sum(item => item.Value), sum.Total, 6);
        }
    }

    [Fact]
    public void A_long_silence_empties_it()
    {
        var sum = new SlidingSum(1000, 60);
        sum.Add(5_000, 10);
        sum.Advance(64_999);
        Assert.Equal(10, sum.Total);
        sum.Advance(65_000);
        Assert.Equal(0, sum.Total);
    }

    [Fact]
    public void A_restored_window_has_aged_by_the_time_in_between()
    {
        var before = new SlidingSum(60_000, 60);
        before.Add(0, 1);
        before.Add(30 * 60_000, 2);
        before.Advance(50 * 60_000);
        var after = new SlidingSum(60_000, 60);
        after.Restore(before.Save(), nowMs: 200 * 60_000, ageMs: 20 * 60_000);
        Assert.Equal(2, after.Total);
    }
}
