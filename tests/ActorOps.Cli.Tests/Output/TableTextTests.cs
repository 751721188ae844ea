using ActorOps.Cli.Output;

namespace ActorOps.Cli.Tests.Output;

public class TableTextTests
{
    [Fact]
    public void Columns_line_up_and_control_characters_do_not_reach_the_terminal() => Assert.Equal(
        "A    B\nx y  1\n-    two\n", TableText.Format(["A", "B"], [["x\ty", "1"], [null, "two"]]));
}
