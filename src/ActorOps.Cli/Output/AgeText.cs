using System.Globalization;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Output;

/// <summary>The age of a last signal or tick. What nobody knows now is not shown as an age.</summary>
internal static class AgeText
{
    public static string Of(long? ms, DateTimeOffset? unknownSince) =>
        ms is { } age ? DurationText.OfMs(age)
        : unknownSince is { } since ? $"unknown since {since.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
        : "never";
}
