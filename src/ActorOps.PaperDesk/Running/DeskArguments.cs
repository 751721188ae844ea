using System.Globalization;
using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Running;

/// <summary>The command line.</summary>
internal sealed record DeskArguments
{
    public const string Usage =
        "usage: actorops-paperdesk --server URL[,URL]... [--token-file FILE] [--desk ID] [--ticks FILE] [--speed X] [--seed N] [--strategies N] [--until-end] [--json] [--memory FILE] [--control-port P] [--fault NAME[:TARGET]@T[+DURATION]]...";

    public IReadOnlyList<Uri> Servers { get; init; } = [new("http://127.0.0.1:8080")];

    public string TokenFile { get; init; } = "data/desk.token";

    public string Desk { get; init; } = "paper";

    public string? Ticks { get; init; }

    public double Speed { get; init; } = 1;

    public int Seed { get; init; } = 1;

    public int Strategies { get; init; } = 2;

    public bool UntilEnd { get; init; }

    public bool Json { get; init; }

    public string? Memory { get; init; }

    public int ControlPort { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public static bool TryParse(string[] arguments, out DeskArguments parsed, out string problem)
    {
        parsed = new DeskArguments();
        problem = string.Empty;
        for (var i = 0; i < arguments.Length && problem.Length == 0; i++)
        {
            var name = arguments[i];
            if (name is "--until-end" or "--json")
            {
                parsed = name == "--json" ? parsed with { Json = true } : parsed with { UntilEnd = true };
            }
            else if (i + 1 == arguments.Length)
            {
                problem = $"'{name}' is unknown or needs a value";
            }
            else
            {
                parsed = Set(parsed, name, arguments[++i], ref problem);
            }
        }

        return problem.Length == 0;
    }

    private static DeskArguments Set(DeskArguments parsed, string name, string value, ref string problem)
    {
        switch (name)
        {
            case "--server" when value.Split(',').All(address => Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is "http" or "https"):
                return parsed with { Servers = [.. value.Split(',').Select(address => new Uri(address))] };
            case "--token-file":
                return parsed with { TokenFile = value };
            case "--desk":
                return parsed with { Desk = value };
            case "--ticks":
                return parsed with { Ticks = value };
            case "--memory":
                return parsed with { Memory = value };
            case "--speed" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 10_000:
                return parsed with { Speed = speed };
            case "--seed" when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed):
                return parsed with { Seed = seed };
            case "--strategies" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1000:
                return parsed with { Strategies = count };
            case "--control-port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535:
                return parsed with { ControlPort = port };
            case "--fault" when Fault.TryParse(value, out var fault):
                return parsed with { Faults = [.. parsed.Faults, fault!] };
            default:
                problem = $"'{name} {value}' is not understood{(name == "--fault" ? $"; faults: {string.Join(", ", Fault.Names)}" : string.Empty)}";
                return parsed;
        }
    }
}
