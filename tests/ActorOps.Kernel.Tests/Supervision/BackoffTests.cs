using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

public class BackoffTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(5, 1000)]
    [InlineData(500, 1000)]
    public void It_doubles_up_to_its_maximum(int failures, int expected) =>
        Assert.Equal(expected, new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), 0).DelayFor(failures, 0.9).TotalMilliseconds);

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(0.5, 900)]
    [InlineData(0.999999, 800)]
    public void Jitter_shortens_it_by_up_to_its_share(double random, int expected) =>
        Assert.Equal(expected, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 0.2).DelayFor(1, random).TotalMilliseconds, 0.1);
}
