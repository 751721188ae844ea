using System.Globalization;
using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Running;

/// <summary>The command line.</summary>
internal sealed record DeskArguments
{
    public static string Usage { get; } = $"""
        usage: actorops-paperdesk --server URL[,URL]... [OPTION]...

          --server URL       nodes of ActorOps (http://127.0.0.1:8080)
          --token-file FILE  the desk's token (data/desk.token)
          --desk ID          name of the desk (paper)
          --seed N           market and decisions are the same for the same seed (1)
          --day              trade a generated day with an open, a close, bursts and halts, instead of an endless market
          --ticks FILE       trade a recorded day: CSV time,price,size (RFC 3339 UTC; .gz too)
          --write-ticks FILE write the generated day of --seed as such a file, and end
          --speed X          market time runs X times as fast (1)
          --strategies N     1 to 1000 (2)
          --until-end        end with the ticks instead of starting them over
          --json             one JSON object a line
          --memory FILE      where standing trips are remembered
          --control-port P   loopback port for faults and the broker's interface (a free one)
          --fault NAME[:TARGET][@T][+DURATION]
                             something goes wrong, T after the connection (500ms, 30s, 2m; without @T at once)

        faults, with their targets (none named: the first, or all strategies), duration and the rule that sees them:
        {FaultKind.List()}
        """;

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

    public bool Day { get; init; }

    public string? WriteTicks { get; init; }

    public bool Help { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    private IReadOnlyList<string> FaultTexts { get; init; } = [];

    public static bool TryParse(string[] arguments, out DeskArguments parsed, out string problem)
    {
        parsed = new DeskArguments();
        problem = string.Empty;
        for (var i = 0; i < arguments.Length && problem.Length == 0; i++)
        {
            var name = arguments[i];
            if (Flag(parsed, name) is { } flagged)
            {
                parsed = flagged;
            }
            else if (i + 1 == arguments.Length)
            {
                problem = $"'{name}' is not an option of the desk, or its value is missing";
            }
            else
            {
                parsed = Set(parsed, name, arguments[++i], ref problem);
            }
        }

        if (problem.Length == 0 && parsed.Day && parsed.Ticks is not null)
        {
            problem = "--day and --ticks exclude each other";
        }

        // Last, as the targets of faults depend on the number of strategies.
        var strategies = DeskRunner.Strategies(parsed.Strategies).Select(strategy => strategy.Id).ToList();
        var faults = parsed.FaultTexts.Select(text => Fault.Parse(text, strategies)).ToList();
        problem = problem.Length > 0 ? problem : faults.Select(fault => fault.Problem).OfType<string>().FirstOrDefault() is { } wrong ? $"--fault: {wrong}" : string.Empty;
        parsed = parsed with { Faults = [.. faults.Select(fault => fault.Fault).OfType<Fault>()] };
        return problem.Length == 0;
    }

    private static DeskArguments? Flag(DeskArguments parsed, string name) => name switch
    {
        "--until-end" => parsed with { UntilEnd = true },
        "--json" => parsed with { Json = true },
        "--day" => parsed with { Day = true },
        "--help" or "-h" => parsed with { Help = true },
        _ => null,
    };

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
            case "--ticks" when File.Exists(value):
                return parsed with { Ticks = value };
            case "--ticks":
                problem = $"--ticks {value}: there is no such file";
                return parsed;
            case "--write-ticks":
                return parsed with { WriteTicks = value };
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
            case "--fault":
                return parsed with { FaultTexts = [.. parsed.FaultTexts, value] };
            default:
                problem = $"'{name} {value}' is not an option of the desk, or its value is out of range";
                return parsed;
        }
    }
}
