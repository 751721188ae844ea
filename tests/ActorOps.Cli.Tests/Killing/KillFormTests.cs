using ActorOps.Cli.Commands;
using ActorOps.Cli.Connecting;
using ActorOps.Cli.Killing;
using ActorOps.Cli.Output;

namespace ActorOps.Cli.Tests.Killing;

/// <summary>One table of forms for both readers: what every command takes, the kill takes.</summary>
public class KillFormTests
{
    /// <summary>Forms of the options that every command has.</summary>
    public static readonly string[][] Globals =
    [
        [],
        ["--output", "json"],
        ["--output=json"],
        ["--output:json"],
        ["--output", "JSON"],
        ["-o", "json"],
        ["-ojson"],
        ["-o=json"],
        ["-o:json"],
        ["--server", "http://a:1"],
        ["--server=http://a:1"],
        ["--server", "http://a:1,http://b:2"],
        ["--token-file", "t"],
        ["--token-file=t"],
        ["--reason", "two words"],
        ["--reason=a=b"],
        ["--reason", "a:b"],
        ["--reason", "-5 %"],
        ["--reason", "@file"],
        ["--confirm", "firm"],
        ["--idempotency-key=k"],
        ["--yes"],
        ["--yes=true"],
        ["--yes:false"],
        ["--yes", "false"],
        ["--no-color"],
        ["--quiet"],
        ["--quiet", "--reason", "r", "-ojsonl"],
    ];

    /// <summary>Forms of the kill's own options.</summary>
    public static readonly string[][] Own =
    [
        ["--scope", "strategy/s"],
        ["--scope=strategy/s"],
        ["--scope:strategy/s"],
        ["--scope", "symbol/BTC/USDT"],
        ["--scope=symbol/ES=F"],
        ["--level", "REDUCE_ONLY"],
        ["--level=CANCEL_ONLY"],
        ["--now"],
        ["--now=true"],
        ["--now", "--once", "--cancel"],
        ["--flatten", "--confirm=firm"],
        ["--scope", "trip"],
        ["--reason", "status"],
    ];

    public static TheoryData<string> Lines
    {
        get
        {
            var lines = new TheoryData<string>();
            foreach (var form in Globals)
            {
                lines.Add(Join([.. form, "kill"]));
                lines.Add(Join([.. form, "kill", "trip"]));
                lines.Add(Join(["kill", .. form]));
                lines.Add(Join(["kill", .. form, "trip"]));
                lines.Add(Join(["kill", "trip", .. form]));
            }

            foreach (var form in Own)
            {
                lines.Add(Join(["kill", .. form]));
                lines.Add(Join(["kill", "trip", .. form]));
                lines.Add(Join(["-ojson", "kill", "trip", .. form, "--quiet"]));
            }

            return lines;
        }
    }

    public static TheoryData<string> Other
    {
        get
        {
            var lines = new TheoryData<string>();
            foreach (var form in Globals)
            {
                lines.Add(Join([.. form, "kill", "status"]));
                lines.Add(Join(["kill", .. form, "status"]));
                lines.Add(Join([.. form, "status"]));
                lines.Add(Join([.. form, "supervisor", "list"]));
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_trip_is_read_as_the_command_framework_reads_it(string line)
    {
        var arguments = line.Split('\u001f');
        Assert.True(KillArguments.Owns(arguments));
        var byHand = KillArguments.Parse(arguments, out var problem);
        Assert.Equal(string.Empty, problem);
        var parsed = CommandTree.Build(Terminal.System).Parse(arguments, CommandTree.Configuration);
        Assert.Empty(parsed.Errors);
        Assert.Equal(KillOptions.Read(parsed) with { TripId = Guid.Empty }, byHand! with { TripId = Guid.Empty });
    }

    [Theory]
    [MemberData(nameof(Other))]
    public void What_is_not_a_trip_goes_to_the_command_framework_and_is_understood_there(string line)
    {
        var arguments = line.Split('\u001f');
        Assert.False(KillArguments.Owns(arguments));
        Assert.Empty(CommandTree.Build(Terminal.System).Parse(arguments, CommandTree.Configuration).Errors);
    }

    [Theory]
    [InlineData("kill --force", "--force")]
    [InlineData("kill --scope", "--scope")]
    [InlineData("kill --scope --now", "--scope")]
    [InlineData("kill now", "now")]
    [InlineData("kill trip strategy/s", "strategy/s")]
    [InlineData("kill --now=maybe", "--now")]
    [InlineData("kill -oxml", "xml")]
    [InlineData("kill -o 2", "2")]
    public void What_is_not_understood_is_named_by_both_and_nothing_is_done(string line, string named)
    {
        var arguments = line.Split(' ');
        Assert.True(KillArguments.Owns(arguments));
        Assert.Null(KillArguments.Parse(arguments, out var problem));
        Assert.Contains(named, problem, StringComparison.Ordinal);
        if (line is not ("kill -o 2" or "kill --scope --now"))
        {
            Assert.NotEmpty(CommandTree.Build(Terminal.System).Parse(arguments, CommandTree.Configuration).Errors);
        }
    }

    [Theory]
    [InlineData("kill --help")]
    [InlineData("kill trip -h")]
    [InlineData("kill --scope x -?")]
    public void Help_is_the_command_frameworks(string line) => Assert.False(KillArguments.Owns(line.Split(' ')));

    [Fact]
    public void A_server_that_is_given_twice_is_two()
    {
        Assert.Equal("http://a,http://b", KillArguments.Parse(["kill", "--server", "http://a", "--server=http://b"], out _)!.Server);
        Assert.Equal(OutputForm.Name, KillArguments.Parse(["kill", "-oname"], out _)!.Form);
    }

    private static string Join(string[] words) => string.Join('\u001f', words);
}
