using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

public class SafeTextTests
{
    [Fact]
    public void Nul_controls_and_lone_surrogates_become_spaces_and_a_megabyte_is_cut()
    {
        Assert.Equal("a b c d", SafeText.Clean("a\0b\nc\ud800d", 100));
        Assert.Equal("😀", SafeText.Clean("😀", 100));
        Assert.Equal(1000, SafeText.Clean(new string('x', 1_000_000), 1000).Length);
        Assert.Equal(string.Empty, SafeText.Clean(null, 10));
    }
}
