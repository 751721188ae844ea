using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Tests.Supervisors;

public class CheckpointNumbersTests
{
    [Fact]
    public void Those_of_a_later_term_are_higher_whatever_was_counted_before()
    {
        var before = New(generation: 1, epoch: 7);
        for (var i = 0; i < 10_000; i++)
        {
            before.Next();
        }

        Assert.True(New(1, 8).Next() > before.Next());
        Assert.True(New(2, 1).Next() > New(1, 16_000_000).Next());
        Assert.True(New(1, 1).Next() > DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), "they follow what earlier versions numbered by the clock");
    }

    [Fact]
    public void Those_of_one_term_grow()
    {
        var numbers = New(3, 3);
        Assert.True(numbers.Next() < numbers.Next());
    }

    private static CheckpointNumbers New(long generation, long epoch) => new(new FencingToken("shard/eu/00", (generation << 32) | epoch));
}
