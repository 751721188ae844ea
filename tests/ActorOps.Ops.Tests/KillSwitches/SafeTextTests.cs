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

    [Theory]
    [InlineData("pay\u202egnp.exe", "paygnp.exe")]
    [InlineData("a\u2028TRIPPED\u2029b", "a TRIPPED b")]
    [InlineData("ze\u200bro\u200d\ufeff\u2060", "zero")]
    [InlineData("\u001b[31mred\u009b0m", " [31mred 0m")]
    [InlineData("a\u3164b\u115f", "ab")]
    [InlineData("Ωλ日本語 naïve", "Ωλ日本語 naïve")]
    public void Marks_that_turn_hide_or_break_a_line_are_taken_out(string text, string clean) => Assert.Equal(clean, SafeText.Clean(text, 100));

    [Fact]
    public void Length_counts_what_a_reader_counts_and_a_tower_of_marks_is_cut()
    {
        Assert.Equal(10, new System.Globalization.StringInfo(SafeText.Clean(string.Concat(Enumerable.Repeat("e\u0301", 50)), 10)).LengthInTextElements);
        Assert.True(SafeText.Clean("e" + new string('\u0301', 1_000_000), 100).Length <= 8);
        Assert.True(SafeText.Clean(string.Concat(Enumerable.Repeat("e" + new string('\u0301', 30), 1000)), 100).Length <= 200);
        Assert.DoesNotContain(SafeText.Clean(string.Concat(Enumerable.Repeat("😀", 200)), 99), char.IsControl);
    }
}
