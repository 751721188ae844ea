using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace ActorOps.Server.Metrics;

/// <summary>One meter as Prometheus text 0.0.4. Counters end in <c>_total</c>; histograms have fixed buckets in seconds.</summary>
internal sealed class PrometheusWriter : IDisposable
{
    private static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public PrometheusWriter(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    public string Write()
    {
        lock (_lock)
        {
            foreach (var family in _families.Values.Where(family => family.IsObserved))
            {
                family.Series.Clear();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var (name, family) in _families)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
                text.Append("# TYPE ").Append(name).Append(' ').Append(family.Type).Append('\n');
                foreach (var (labels, series) in family.Series.OrderBy(series => series.Key, StringComparer.Ordinal))
                {
                    Append(text, name, labels, series);
                }
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Append(StringBuilder text, string name, string labels, Series series)
    {
        if (series.Counts is not { } counts)
        {
            Line(text, name, labels, series.Value);
            return;
        }

        long cumulative = 0;
        for (var i = 0; i < Buckets.Length; i++)
        {
            cumulative += counts[i];
            Line(text, name + "_bucket", Join(labels, $"le=\"{Number(Buckets[i])}\""), cumulative);
        }

        cumulative += counts[Buckets.Length];
        Line(text, name + "_bucket", Join(labels, "le=\"+Inf\""), cumulative);
        Line(text, name + "_sum", labels, series.Value);
        Line(text, name + "_count", labels, cumulative);
    }

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? string.Empty : "{" + labels + "}").Append(' ').Append(Number(value)).Append('\n');

    private static string Join(string labels, string label) => labels.Length == 0 ? label : labels + "," + label;

    private static string Number(double value) => double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state = null)
    {
        lock (_lock)
        {
            var isCounter = instrument.GetType().Name.Contains("Counter", StringComparison.Ordinal);
            var isHistogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
            var name = isCounter ? instrument.Name + "_total" : instrument.Name;
            if (!_families.TryGetValue(name, out var family))
            {
                _families.Add(name, family = new Family(instrument.Description ?? name, isCounter ? "counter" : isHistogram ? "histogram" : "gauge", instrument.IsObservable));
            }

            var labels = Labels(tags);
            if (!family.Series.TryGetValue(labels, out var series))
            {
                family.Series.Add(labels, series = new Series(isHistogram ? new long[Buckets.Length + 1] : null));
            }

            series.Value = instrument.IsObservable ? value : series.Value + value;
            if (series.Counts is not null)
            {
                var bucket = Array.FindIndex(Buckets, edge => value <= edge);
                series.Counts[bucket < 0 ? Buckets.Length : bucket]++;
            }
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            var escaped = value?.ToString()?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(text.Length > 0 ? "," : string.Empty).Append(key).Append("=\"").Append(escaped).Append('"');
        }

        return text.ToString();
    }

    private sealed record Family(string Help, string Type, bool IsObserved)
    {
        public Dictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Series(long[]? counts)
    {
        public double Value { get; set; }

        public long[]? Counts { get; } = counts;
    }
}
