using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public class PortHolderTests
{
    private static readonly string[] Table =
    [
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 111 1 0 100 0 0 10 0",
        "   1: 0100007F:1F90 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0 20 4 30 10 -1",
        "   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 333 1 0 100 0 0 10 0",
        "rubbish",
    ];

    [Fact]
    public void Only_listeners_of_the_port_are_found() => Assert.Equal(["111"], PortHolder.Inodes(Table, 8080));

    [Fact]
    public void A_port_that_nobody_has_is_said_to_be_another_users() => Assert.StartsWith("another process", PortHolder.Describe(1), StringComparison.Ordinal);
}
