using ActorOps.Architecture.Tests.Calls;
using ActorOps.Architecture.Tests.Planted;
using ActorOps.Ops.KillSwitches;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace ActorOps.Architecture.Tests;

public class ArrowTests
{
    private static readonly string[] Foreign = ["Microsoft.AspNetCore", "Microsoft.Data", "Npgsql", "Microsoft.Extensions.Configuration", "System.Net.Http"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ActorOps.Hocon"] = [],
        ["ActorOps.Kernel"] = [],
        ["ActorOps.Cluster"] = ["ActorOps.Kernel"],
        ["ActorOps.Storage"] = ["ActorOps.Kernel", "ActorOps.Cluster"],
        ["ActorOps.Ops"] = ["ActorOps.Kernel"],
        ["ActorOps.Integrations"] = ["ActorOps.Ops"],
        ["ActorOps.Client"] = [],
        ["ActorOps.Server"] = ["ActorOps.Hocon", "ActorOps.Kernel", "ActorOps.Cluster", "ActorOps.Storage", "ActorOps.Ops", "ActorOps.Integrations", "ActorOps.Client"],
        ["ActorOps.Cli"] = ["ActorOps.Client"],
        ["ActorOps.PaperDesk"] = ["ActorOps.Client"],
    };

    private static readonly ArchUnitNET.Domain.Architecture Built = new ArchLoader().LoadAssemblies(typeof(KillSwitch).Assembly, typeof(Kernel.Actors.ActorRef).Assembly, typeof(ArrowTests).Assembly).Build();

    [Fact]
    public void Projects_refer_to_each_other_only_along_the_arrows()
    {
        Assert.Empty(Sources.Projects.SelectMany(project => Astray(Path.GetFileNameWithoutExtension(project), Sources.References(project))));
        Assert.Equal(Allowed.Keys.Order(), Sources.Projects.Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void A_planted_arrow_is_found() => Assert.Equal(["ActorOps.Ops -> ActorOps.Storage"], Astray("ActorOps.Ops", ["ActorOps.Kernel", "ActorOps.Storage"]));

    [Fact]
    public void Kernel_and_domain_know_neither_web_server_nor_database_nor_configuration()
    {
        var types = Built.Types.Where(type => type.Assembly.Name.StartsWith("ActorOps.Ops", StringComparison.Ordinal) || type.Assembly.Name.StartsWith("ActorOps.Kernel", StringComparison.Ordinal)).ToList();
        Assert.True(types.Count > 300, $"{types.Count} types were read");
        Assert.Empty(types.SelectMany(Unknowable));
    }

    [Theory]
    [InlineData(typeof(PlantedDomain.KnowsTheWebServer), "Microsoft.AspNetCore")]
    [InlineData(typeof(PlantedDomain.KnowsTheDatabase), "Npgsql")]
    [InlineData(typeof(PlantedDomain.KnowsTheConfiguration), "Microsoft.Extensions.Configuration")]
    [InlineData(typeof(PlantedDomain.KnowsTheNetwork), "System.Net.Http")]
    public void A_planted_dependency_of_the_domain_is_found(System.Type planted, string found) =>
        Assert.Contains(Unknowable(Built.Types.Single(type => type.FullName == planted.FullName)), wrong => wrong.Contains(found, StringComparison.Ordinal));

    [Fact]
    public void A_trip_needs_no_actor_no_mailbox_and_no_store_before_the_gates_are_closed()
    {
        var close = CallGraph.OfProduct.Find(typeof(KillSwitch), "Close");
        Assert.Equal(string.Empty, string.Join('\n', TripRule.Broken(CallGraph.OfProduct, close)));

        // And it does close them.
        var calls = CallGraph.OfProduct.From(close).Select(call => $"{call.Target.DeclaringType.Name}.{call.Target.Name}").ToList();
        Assert.Contains("KillSwitchBoard.Add", calls);
        Assert.Contains("TripLatch.AppendAsync", calls);
    }

    [Fact]
    public void A_trip_begins_with_closing_the_gates()
    {
        var first = CallGraph.OfProduct.InOrder(CallGraph.OfProduct.Find(typeof(KillSwitch), "TripAsync")).First(call => call.DeclaringType.FullName.StartsWith("ActorOps.", StringComparison.Ordinal));
        Assert.Equal("Close", first.Name);
    }

    [Theory]
    [InlineData(nameof(PlantedTrips.TellsASingleton), "Tell")]
    [InlineData(nameof(PlantedTrips.TellsThroughAHelper), "Tell")]
    [InlineData(nameof(PlantedTrips.TellsThroughALambda), "Tell")]
    [InlineData(nameof(PlantedTrips.TellsThroughAnInterface), "Tell")]
    [InlineData(nameof(PlantedTrips.AsksAnActor), "Ask")]
    [InlineData(nameof(PlantedTrips.WritesTheJournal), "AppendAsync")]
    [InlineData(nameof(PlantedTrips.Awaits), "AwaitUnsafeOnCompleted")]
    [InlineData(nameof(PlantedTrips.WaitsWithoutALimit), "Wait")]
    [InlineData(nameof(PlantedTrips.ReadsAResult), "get_Result")]
    [InlineData(nameof(PlantedTrips.WaitsForASemaphore), "Wait")]
    [InlineData(nameof(PlantedTrips.WaitsInAHelper), "Wait")]
    public void A_planted_trip_that_needs_something_is_found(string method, string found) =>
        Assert.Contains(TripRule.Broken(CallGraph.OfProduct, CallGraph.OfProduct.Find(typeof(PlantedTrips), method)), wrong => wrong.EndsWith("." + found, StringComparison.Ordinal));

    [Fact]
    public void The_one_wait_that_a_trip_may_do_is_not_reported() =>
        Assert.Empty(TripRule.Broken(CallGraph.OfProduct, CallGraph.OfProduct.Find(typeof(PlantedTrips), nameof(PlantedTrips.WaitsForTheLatchWithALimit))));

    private static IReadOnlyList<string> Astray(string project, IEnumerable<string> references) =>
        [.. references.Where(reference => !Allowed.TryGetValue(project, out var allowed) || !allowed.Contains(reference)).Select(reference => $"{project} -> {reference}")];

    private static IEnumerable<string> Unknowable(IType type) =>
        from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
        where Foreign.Any(name => target.FullName.StartsWith(name, StringComparison.Ordinal))
        select $"{type.FullName} -> {target.FullName}";
}
