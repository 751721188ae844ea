using ActorOps.Ops.Approvals;

namespace ActorOps.Ops.Tests.Approvals;

public class OneTimeCodeTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>Appendix B of RFC 6238, SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_vectors_of_the_standard_hold(long seconds, string code)
    {
        var step = OneTimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Assert.Equal(code, OneTimeCode.Compute(Secret, step, 8));
        Assert.Equal(code[2..], OneTimeCode.Compute(Secret, step));
    }

    /// <summary>Appendix D of RFC 4226, on which it rests.</summary>
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void The_vectors_of_the_counter_based_code_hold(long counter, string code) => Assert.Equal(code, OneTimeCode.Compute(Secret, counter));

    [Fact]
    public void One_step_of_skew_counts_and_two_do_not()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = OneTimeCode.StepAt(now);
        Assert.Equal([null, step - 1, step, step + 1, null], Enumerable.Range(-2, 5).Select(by => OneTimeCode.Match(Secret, OneTimeCode.Compute(Secret, step + by), now, -1)));
    }

    [Fact]
    public void A_code_counts_once_and_none_before_it_counts_any_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = OneTimeCode.StepAt(now);
        Assert.Null(OneTimeCode.Match(Secret, OneTimeCode.Compute(Secret, step), now, step));
        Assert.Null(OneTimeCode.Match(Secret, OneTimeCode.Compute(Secret, step - 1), now, step));
        Assert.Equal(step + 1, OneTimeCode.Match(Secret, OneTimeCode.Compute(Secret, step + 1), now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("१२३४५६")]
    public void What_is_no_code_matches_nothing(string text) => Assert.Null(OneTimeCode.Match(Secret, text, DateTimeOffset.FromUnixTimeSeconds(59), -1));
}
