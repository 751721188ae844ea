using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Running;

namespace ActorOps.PaperDesk.Tests.Running;

public class DeskArgumentsTests
{
    [Theory]
    [InlineData("--fault earthquake@3s", "--fault: 'earthquake' is not a known fault")]
    [InlineData("--fault loss-shock@soon", "--fault: 'soon' is not a time")]
    [InlineData("--fault loss-shock:mean-reversion --strategies 1", "--fault: 'mean-reversion' is not a target")]
    [InlineData("--fault", "'--fault' is not an option of the desk, or its value is missing")]
    [InlineData("--drill yes", "'--drill yes' is not an option of the desk")]
    [InlineData("--speed 0", "'--speed 0' is not an option of the desk, or its value is out of range")]
    [InlineData("--ticks /nowhere/day.csv", "--ticks /nowhere/day.csv: there is no such file")]
    public void What_is_not_understood_is_refused_before_anything_starts(string line, string problem)
    {
        Assert.False(DeskArguments.TryParse(line.Split(' '), out _, out var why));
        Assert.StartsWith(problem, why, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_may_stand_before_the_number_of_strategies_that_they_name()
    {
        Assert.True(DeskArguments.TryParse(["--fault", "drift:momentum-2+9s", "--strategies", "4", "--fault", "slippage"], out var parsed, out _));
        Assert.Equal(["drift", "slippage"], parsed.Faults.Select(fault => fault.Name));
    }

    [Fact]
    public void Help_lists_every_option_and_every_fault_with_its_rule()
    {
        Assert.True(DeskArguments.TryParse(["--help"], out var parsed, out _) && parsed.Help);
        Assert.All(FaultKind.All, kind => Assert.Contains($"{kind.Rule}: {kind.Summary}", DeskArguments.Usage, StringComparison.Ordinal));
        Assert.All((string[])["--server", "--token-file", "--desk", "--seed", "--day", "--ticks", "--write-ticks", "--speed", "--strategies", "--until-end", "--json", "--memory", "--control-port", "--fault"], option => Assert.Contains($"\n  {option} ", DeskArguments.Usage.Replace("--fault NAME", "--fault  NAME", StringComparison.Ordinal), StringComparison.Ordinal));
    }
}
