using System.Globalization;
using ActorOps.Client.Wording;

namespace ActorOps.Ops.Rules;

/// <summary>Numbers of rules in words, each with its unit: <c>order-latency 56.8 s (threshold 0.5 s)</c>, <c>hourly P&amp;L -0.58 % (past -0.50 %)</c>.</summary>
public static class RuleText
{
    private const double SecondsFromMs = 1000;
    private const double WordsFromSeconds = 120;

    /// <summary>A reading in one line; of one without a value, why there is none.</summary>
    public static string Of(RuleReading reading)
    {
        var rule = RuleTable.Find(reading.Rule);
        var title = rule?.Title ?? reading.Rule;
        if (reading.Note is not null && (reading.Level is RuleLevel.Unknown or RuleLevel.NotEvaluated || !double.IsFinite(reading.Value)))
        {
            return rule is null ? reading.Note : $"{title}: {reading.Note}";
        }

        return double.IsFinite(reading.Threshold)
            ? $"{title} {Value(rule, reading.Value, reading.Value)} ({(rule?.Unit == RuleUnit.SignedPercent ? "past" : "threshold")} {Value(rule, reading.Threshold, reading.Value)})"
            : $"{title} {Value(rule, reading.Value, reading.Value)}";
    }

    /// <summary>A number of a rule with its unit.</summary>
    public static string Value(RuleKind? rule, double value) => Value(rule, value, value);

    /// <summary>A number of a rule in the unit that suits another one beside it: a threshold stands in the unit of its value.</summary>
    private static string Value(RuleKind? rule, double value, double beside) => !double.IsFinite(value) ? "no value" : rule?.Unit switch
    {
        RuleUnit.Percent => $"{Number(value, "0.00")} %",
        RuleUnit.SignedPercent => $"{Number(value, "+0.00;-0.00;0.00")} %",
        RuleUnit.Milliseconds when Math.Abs(beside) >= SecondsFromMs => $"{Number(value / 1000, "0.#")} s",
        RuleUnit.Milliseconds => $"{Number(value, "0.#")} ms",
        RuleUnit.Seconds when Math.Abs(value) >= WordsFromSeconds => DurationText.Of(TimeSpan.FromSeconds(Math.Clamp(value, -1e9, 1e9))),
        RuleUnit.Seconds => $"{Number(value, "0.#")} s",
        RuleUnit.Ratio => $"{Number(value, "0.0")}x",
        RuleUnit.Gaps => value == 1 ? "1 gap" : $"{Number(value, "0")} gaps",
        _ => Number(value, "0.###"),
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
