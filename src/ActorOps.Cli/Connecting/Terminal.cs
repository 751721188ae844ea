namespace ActorOps.Cli.Connecting;

/// <summary>Where the CLI reads and writes. Data goes to Out, everything else to Error.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive)
{
    public static Terminal System { get; } = new(Console.In, Console.Out, Console.Error, !Console.IsInputRedirected && !Console.IsErrorRedirected);

    public string? Ask(string question)
    {
        Error.Write(question);
        Error.Flush();
        return In.ReadLine()?.Trim();
    }
}
