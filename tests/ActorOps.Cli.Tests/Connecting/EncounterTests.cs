using ActorOps.Cli.Connecting;
using ActorOps.Client.Wire;

namespace ActorOps.Cli.Tests.Connecting;

public class EncounterTests
{
    private static readonly EndpointFile Expected = new("http://127.0.0.1:8080", 77, "node-1", "t", "d") { Instance = "abc" };

    [Fact]
    public void The_node_of_the_file_is_no_problem() => Assert.Null(Encounter.Problem(Expected, "abc", "data"));

    [Theory]
    [InlineData("other", "another node")]
    [InlineData(null, "another program")]
    public void Anything_else_is_said_with_the_node_that_is_meant(string? found, string what)
    {
        var problem = Encounter.Problem(Expected, found, "/data")!;
        Assert.Contains($"http://127.0.0.1:8080 is answered by {what}, not by node node-1 of /data, which was process 77", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_a_person_gave_is_not_checked() =>
        Assert.Null(await Encounter.ProblemAsync(new Endpoint([new Uri("http://127.0.0.1:1")], null, null)));
}
