namespace ActorOps.Cli.Output;

/// <summary>Colours of outcomes on a terminal: green only where nothing is left to do.</summary>
internal static class OutcomeColours
{
    /// <summary>The text in the colour of an outcome, or as it is where colour is off.</summary>
    public static string Paint(string text, string? outcome, bool isColoured) => isColoured ? $"\u001b[{CodeOf(outcome)}m{text}\u001b[0m" : text;

    /// <summary>Whether errors and remarks go to a terminal that wants colour (<c>NO_COLOR</c>, <c>--no-color</c>).</summary>
    public static bool IsWanted(bool isRefused) => !isRefused && !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static string CodeOf(string? outcome) => outcome switch
    {
        "FLAT" or "DONE" => "32",
        "RESIDUAL" or "PARTIAL" => "31",
        "UNKNOWN" => "35",
        _ => "33",
    };
}
