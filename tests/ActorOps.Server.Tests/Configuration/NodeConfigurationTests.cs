using ActorOps.Server.Configuration;

namespace ActorOps.Server.Tests.Configuration;

public sealed class NodeConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_shipped_files_are_good()
    {
        Assert.Empty(NodeConfiguration.Load(null, [], new Dictionary<string, string>()).Errors);
        Assert.Empty(NodeConfiguration.Load(RepositoryRoot.Find("hocon/single-node.conf"), [], new Dictionary<string, string>()).Errors);
    }

    [Fact]
    public void All_errors_are_told_at_once_with_their_places()
    {
        var file = _directory.File("bad.conf");
        File.WriteAllText(file, """
            actorops {
              htpp.port = 1
              http.port = 99999
              rules.drawdown { warning = 12, critical = 10 }
              rules.hourly-pnl.window = soon
              kill-switch.answer-within-ms = -1
              gate.renew = 2s
              http.bind = "0.0.0.0"
              desks.d { aum = 0, strategies.s { account = x, feed = y, aum = 1 } }
            }
            """);
        var errors = NodeConfiguration.Load(file, [], new Dictionary<string, string>()).Errors.Select(error => error.ToString()).ToList();
        foreach (var expected in (string[])[":2:", "did you mean 'http'", "99999 is outside", "warning comes first", "a duration such as", "-1 is outside", "half of valid-for-ms", "needs TLS", "unknown account 'x'", "must be from 1 to 1,000,000,000,000"])
        {
            Assert.Contains(errors, error => error.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_desk_that_the_shipped_file_shows_in_a_comment_is_a_good_one()
    {
        var file = _directory.File("desk.conf");
        var lines = File.ReadAllLines(RepositoryRoot.Find("hocon/single-node.conf")).Select(line => line.TrimStart());
        File.WriteAllText(file, "actorops {\n" + string.Join('\n', lines.SkipWhile(line => !line.StartsWith("# desks.paper", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('#')).Select(line => line[1..])) + "\n}");
        var configuration = NodeConfiguration.Load(file, [], new Dictionary<string, string>());
        Assert.Empty(configuration.Errors);
        var desk = configuration.Options.Desks["paper"].ToDesk("paper", "eu");
        Assert.Equal(("paper-broker", "momentum", 1_000_000m, 2, "spy-backup"), (desk.Brokers.Single().Id, desk.Strategies.Single().Id, desk.Accounts.Single().Aum, desk.Feeds.Count, desk.Feeds.Single(feed => feed.Id == "spy-primary").Backup));
    }

    [Fact]
    public void A_syntax_error_names_line_and_column()
    {
        var file = _directory.File("bad.conf");
        File.WriteAllText(file, "actorops {\n  node.id = \n}");
        Assert.StartsWith($"{file}:3:1", Assert.Single(NodeConfiguration.Load(file, [], new Dictionary<string, string>()).Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_stands_over_the_environment_and_that_over_the_file()
    {
        var file = _directory.File("a.conf");
        File.WriteAllText(file, "actorops.node { id = from-file, region = from-file }\nactorops.data = from-file");
        var environment = new Dictionary<string, string> { ["CONFIG_FORCE_actorops_node_id"] = "from-env", ["CONFIG_FORCE_actorops_node_region"] = "from-env", ["ACTOROPS_DATA"] = "from-env" };
        Assert.True(NodeArguments.TryParse(["--config", file, "--set", "actorops.node.id=from-set"], null, out var arguments, out _));
        var options = NodeConfiguration.Load(arguments.Config, arguments.Sets, environment).Options;
        Assert.Equal(("from-set", "from-env", "from-env"), (options.Node.Id, options.Node.Region, options.Data));
    }
}
