using System.CommandLine;
using ActorOps.Cli.Commands;

namespace ActorOps.Cli.Tests.Commands;

public class IdArgumentsTests
{
    private const string Id = "01a214fb-7637-71a2-b074-665fe2868d24";

    [Fact]
    public void What_is_no_id_is_refused_by_name_with_where_ids_are_shown()
    {
        var trips = IdArguments.Several("trip", "Ids.", "kill status");
        var parsed = new RootCommand { trips }.Parse([Id, "123", "zzz"]);
        Assert.Equal(["'123' is not an id; to see the ids: actorops kill status", "'zzz' is not an id; to see the ids: actorops kill status"], parsed.Errors.Select(error => error.Message));
    }

    [Fact]
    public void Ids_are_read_one_or_several_or_none()
    {
        var (several, one, none) = (IdArguments.Several("a", "a", "x"), IdArguments.One("a", "a", "x"), IdArguments.Optional("a", "a", "x"));
        Assert.Equal([Guid.Parse(Id), Guid.Parse(Id)], new RootCommand { several }.Parse([Id, Id]).GetValue(several)!);
        Assert.Equal(Guid.Parse(Id), new RootCommand { one }.Parse([Id]).GetValue(one));
        Assert.Equal(Guid.Parse(Id), new RootCommand { none }.Parse([Id]).GetValue(none));
        Assert.Null(new RootCommand { none }.Parse([]).GetValue(none));
    }
}
