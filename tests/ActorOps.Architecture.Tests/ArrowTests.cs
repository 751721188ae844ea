namespace ActorOps.Architecture.Tests;

public class ArrowTests
{
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

    [Fact]
    public void Projects_refer_to_each_other_only_along_the_arrows()
    {
        var wrong = from project in Sources.Projects
                    let name = Path.GetFileNameWithoutExtension(project)
                    from reference in Sources.References(project)
                    where !Allowed.TryGetValue(name, out var allowed) || !allowed.Contains(reference)
                    select $"{name} -> {reference}";
        Assert.Empty(wrong);
        Assert.Equal(Allowed.Keys.Order(), Sources.Projects.Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void Kernel_and_domain_know_neither_web_server_nor_database_nor_configuration()
    {
        string[] foreign = ["Microsoft.AspNetCore", "Microsoft.Data", "Npgsql", "Microsoft.Extensions.Configuration", "System.Net.Http"];
        var wrong = from path in Sources.Production
                    where Sources.Relative(path).StartsWith("src/ActorOps.Kernel", StringComparison.Ordinal) || Sources.Relative(path).StartsWith("src/ActorOps.Ops", StringComparison.Ordinal)
                    from name in foreign
                    where File.ReadAllText(path).Contains("using " + name, StringComparison.Ordinal)
                    select $"{Sources.Relative(path)} uses {name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_trip_needs_no_actor_no_mailbox_and_no_store_before_the_gates_are_closed()
    {
        var text = File.ReadAllText(Path.Combine(Sources.Root, "src/ActorOps.Ops/KillSwitches/KillSwitch.cs"));
        var latch = text[text.IndexOf(" Close(TripRequest request)\n", StringComparison.Ordinal)..text.IndexOf("private async Task<bool> LatchedAsync", StringComparison.Ordinal)];
        Assert.Contains("services.Board.Add(trip)", latch, StringComparison.Ordinal);
        Assert.DoesNotContain("singleton", latch, StringComparison.Ordinal);
        Assert.DoesNotContain("await", latch, StringComparison.Ordinal);
    }
}
