using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public class DescriptorLimitTests
{
    [Fact]
    public void The_soft_limit_is_read() => Assert.Equal(256, DescriptorLimit.Read(["Max processes  10  10  processes", "Max open files            256                  4096                 files     "]));

    [Fact]
    public void No_limit_and_no_such_line_are_large() => Assert.Equal((int.MaxValue, int.MaxValue), (DescriptorLimit.Read(["Max open files            unlimited            unlimited            files"]), DescriptorLimit.Read([])));
}
