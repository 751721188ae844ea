using ActorOps.Server.Configuration;
using ActorOps.Server.Http.Connections;

namespace ActorOps.Server.Tests.Http.Connections;

public class ConnectionLimitsTests
{
    [Theory]
    [InlineData(1_000_000, 1024, 256)]
    [InlineData(1024, 582, 256)]
    [InlineData(450, 48, 24)]
    [InlineData(100, 16, 8)]
    public void All_connections_together_stay_below_the_limit_of_descriptors(int descriptors, int total, int strangers)
    {
        var limits = ConnectionLimits.From(new QuotaOptions(), descriptors, inUse: 250);
        Assert.Equal((total, strangers), (limits.Total, limits.Strangers));
        Assert.True(descriptors < 400 || limits.Accepted <= descriptors - 250 - 128);
    }
}
