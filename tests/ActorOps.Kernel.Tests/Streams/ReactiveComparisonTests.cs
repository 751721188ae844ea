using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

/// <summary>Windows beside those of System.Reactive on its own virtual clock, for the same random arrivals.</summary>
public class ReactiveComparisonTests
{
    private const int Seconds = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Windows_of_time_and_of_count_hold_the_same(int seed)
    {
        var arrivals = Arrivals(seed);
        var (span, shift) = (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(2));
        Assert.Equal(Theirs(arrivals, source => source.Buffer(span, Clock)), Ours(arrivals, source => source.TumblingWindow(span)));
        Assert.Equal(Theirs(arrivals, source => source.Buffer(3)), Ours(arrivals, source => source.Grouped(3)));

        // Theirs gives its first sliding window when it is full, ours from the first step on; and ours ends the last ones early.
        Assert.Equal(Theirs(arrivals, source => source.Buffer(span, shift, Clock)).Take(25), Ours(arrivals, source => source.SlidingWindow(span, shift)).Skip(2).Take(25));
        var theirs = Theirs(arrivals, source => source.Buffer(4, 2)).TakeWhile(window => window.Count(letter => letter == ',') == 3).ToList();
        Assert.Equal(theirs, Ours(arrivals, source => source.Sliding(4, 2)).Take(theirs.Count));
    }

    [ThreadStatic]
    private static HistoricalScheduler? _clock;

    private static HistoricalScheduler Clock => _clock!;

    private static List<(int AtMs, int Number)> Arrivals(int seed)
    {
        // Never at a boundary between two windows: there, either answer would be right.
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 100).Select(_ => (random.Next(Seconds * 1000 / 10) * 10) + 5).Distinct().Order().Select((at, number) => (at, number))];
    }

    private static List<string> Theirs(List<(int AtMs, int Number)> arrivals, Func<IObservable<int>, IObservable<IList<int>>> window)
    {
        var scheduler = _clock = new HistoricalScheduler(DateTimeOffset.UnixEpoch);
        using var subject = new Subject<int>();
        var windows = new List<string>();
        using var subscription = window(subject).Subscribe(each => windows.Add(string.Join(',', each)));
        foreach (var (at, number) in arrivals)
        {
            scheduler.AdvanceTo(DateTimeOffset.UnixEpoch.AddMilliseconds(at));
            subject.OnNext(number);
        }

        scheduler.AdvanceTo(DateTimeOffset.UnixEpoch.AddSeconds(Seconds));
        return windows;
    }

    private static List<string> Ours(List<(int AtMs, int Number)> arrivals, Func<Source<int>, Source<IReadOnlyList<int>>> window)
    {
        var sim = new Simulation(arrivals[0].AtMs);
        var started = sim.Time.GetUtcNow();
        var (queue, source) = Source.Queue<int>(1000);
        var stream = new StreamHarness<IReadOnlyList<int>>(sim, window(source));
        foreach (var (at, number) in arrivals)
        {
            sim.Advance(started.AddMilliseconds(at) - sim.Time.GetUtcNow());
            WindowStagesTests.Offer(sim, queue, number);
        }

        sim.Advance(started.AddSeconds(Seconds) - sim.Time.GetUtcNow());
        return [.. stream.Out.Select(each => string.Join(',', each))];
    }
}
