using ActorOps.Cluster.Leases;

namespace ActorOps.Cluster.Tests.Leases;

public class EpochsTests
{
    [Fact]
    public void A_higher_generation_is_above_every_epoch_of_a_lower_one()
    {
        var combined = Epochs.Combine(3, 0xFFFF_FFFF);
        Assert.True(Epochs.Combine(4, 1) > combined);
        Assert.Equal((3, 0xFFFF_FFFF), (Epochs.GenerationOf(combined), Epochs.EpochOf(combined)));
    }
}
