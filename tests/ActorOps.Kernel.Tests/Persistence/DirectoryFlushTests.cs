using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public class DirectoryFlushTests
{
    [Fact]
    public void A_directory_that_is_there_is_flushed_and_one_that_is_not_is_an_error()
    {
        using var directory = new TemporaryDirectory();
        DirectoryFlush.For(directory.File("file"));
        Assert.Throws<IOException>(() => DirectoryFlush.For(directory.File("nowhere/file")));
    }
}
