using System.Diagnostics;
using System.Globalization;

namespace ActorOps.Benchmarks;

/// <summary>One line a figure, always beside a baseline of the same run.</summary>
internal static class Figures
{
    public static void Print(string name, double value, string unit, string baseline, double baselineValue, bool largerIsBetter = false) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench {name} {value:0.###} {unit} baseline={baseline}:{baselineValue:0.###} ratio={(baselineValue == 0 ? "-" : (value / baselineValue).ToString("0.00", CultureInfo.InvariantCulture))}{(largerIsBetter ? " (more is better)" : string.Empty)}"));

    /// <summary>Nanoseconds a call, best of several rounds: the floor, free of what else the machine does.</summary>
    public static double NanosecondsPerCall(int calls, Action<int> run)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 7; round++)
        {
            var started = Stopwatch.GetTimestamp();
            run(calls);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / calls);
        }

        return best;
    }

    public static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values[Math.Clamp((int)Math.Ceiling(values.Count * share) - 1, 0, values.Count - 1)];
    }
}
