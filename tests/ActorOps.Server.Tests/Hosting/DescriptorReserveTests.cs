using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public class DescriptorReserveTests
{
    [Fact]
    public void The_reserve_is_kept_as_long_as_there_are_other_descriptors()
    {
        using var reserve = new DescriptorReserve();
        Assert.False(reserve.FreeIfNeeded());
        reserve.Fill();
        Assert.False(reserve.FreeIfNeeded());
    }
}
