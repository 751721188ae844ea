using System.Text.Json;
using ActorOps.Cluster.Links;

namespace ActorOps.Cluster.Tests.Links;

public class MessageCatalogTests
{
    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var frame = NoteJson.Catalog.Write("x", new Latest("a", 3), "t");
        var line = JsonSerializer.Serialize(frame, LinkJson.Default.LinkFrame);
        Assert.Equal("""{"kind":"latest.v1","to":"x","trace":"t","body":{"Of":"a","Value":3}}""", line);
        Assert.Equal(new Latest("a", 3), NoteJson.Catalog.Read(JsonSerializer.Deserialize(line, LinkJson.Default.LinkFrame)!));
    }

    [Fact]
    public void What_is_not_on_the_list_is_refused_on_both_sides()
    {
        Assert.Equal("unknown-kind", Assert.Throws<LinkException>(() => NoteJson.Catalog.Write("x", new Unlisted(), null)).Code);
        Assert.Equal("unknown-kind", Assert.Throws<LinkException>(() => NoteJson.Catalog.Read(new LinkFrame("note.v2", "x", null, default))).Code);
    }
}
