namespace ActorOps.Client.Tests;

public class BoundedLinesTests
{
    [Fact]
    public async Task Lines_come_whole_over_the_edges_of_the_buffer()
    {
        var far = new string('x', 8190);
        var lines = new BoundedLines(new StringReader($"a\r\n\n{far}\nlast"), 10_000);
        Assert.Equal("a", await lines.ReadAsync(default));
        Assert.Equal(string.Empty, await lines.ReadAsync(default));
        Assert.Equal(far, await lines.ReadAsync(default));
        Assert.Equal("last", await lines.ReadAsync(default));
        Assert.Null(await lines.ReadAsync(default));
    }

    [Fact]
    public async Task A_line_without_an_end_ends_the_stream_and_not_the_process()
    {
        var lines = new BoundedLines(new StringReader(new string('x', 100_000)), 20_000);
        await Assert.ThrowsAsync<IOException>(async () => await lines.ReadAsync(default));
    }
}
