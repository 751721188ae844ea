using ActorOps.Hocon.Binding;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Configuration;

/// <summary>Plants a mark in every place of the configuration that holds a secret, and looks for it wherever settings and errors come out.</summary>
public sealed class ShownSettingsTests : IDisposable
{
    private const string Mark = "s3ntinel-pw";
    private readonly TemporaryDirectory _directory = new();

    public static IReadOnlyList<string> SecretKeys { get; } = [.. SettingSchema.Walk(typeof(NodeOptions), "actorops").Where(setting => setting.Type == typeof(Secret)).Select(setting => setting.Key)];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_key_that_sounds_like_a_secret_is_declared_as_one_or_names_a_file()
    {
        string[] sounds = ["password", "secret", "token", "key", "connection", "credential"];
        var open = from setting in SettingSchema.Walk(typeof(NodeOptions), "actorops")
                   let name = setting.Key.Split('.')[^1]
                   where setting.Type != typeof(Secret) && sounds.Any(sound => name.Split('-').Contains(sound)) && !name.EndsWith("-file", StringComparison.Ordinal)
                   select setting.Key;
        Assert.Empty(open);
        Assert.Contains("actorops.cluster.connection", SecretKeys);
    }

    [Fact]
    public void Every_secret_can_be_given_as_a_file()
    {
        var keys = SettingSchema.Walk(typeof(NodeOptions), "actorops").Select(setting => setting.Key).ToHashSet();
        Assert.All(SecretKeys, key => Assert.Contains(key + "-file", keys));
    }

    [Fact]
    public void No_value_of_a_secret_is_shown_wherever_it_was_written()
    {
        foreach (var key in SecretKeys)
        {
            var value = $"Host=db;Database=d;Username=u;Password={Mark}";
            var file = Write("node.conf", $"{key} = \"{value}\"");
            var variable = "CONFIG_FORCE_" + key.Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
            Assert.True(NodeArguments.TryParse(["--set", $"{key}={value}"], null, out var arguments, out _));
            Hidden(NodeConfiguration.Load(file, [], new Dictionary<string, string>()));
            Hidden(NodeConfiguration.Load(null, [], new Dictionary<string, string> { [variable] = value }));
            Hidden(NodeConfiguration.Load(null, arguments.Sets, new Dictionary<string, string>()));
            Hidden(NodeConfiguration.Load(Write("upper.conf", $"{key.ToUpperInvariant().Replace("ACTOROPS", "actorops", StringComparison.Ordinal)} = \"{value}\""), [], new Dictionary<string, string>()));
        }
    }

    [Fact]
    public void A_connection_shows_where_it_goes_and_as_whom()
    {
        var items = NodeConfiguration.Load(null, [$"actorops.cluster.connection = \"Host=db-1,db-2;Port=5433;Database=d;Username=u;Password={Mark}\""], new Dictionary<string, string>()).Items;
        Assert.Equal("Host=db-1,db-2;Port=5433;Database=d;Username=u;Password=***", items.Single(item => item.Key == "actorops.cluster.connection").Value);
    }

    [Theory]
    [InlineData("actorops.cluster.connection = { password = s3ntinel-pw }")]
    [InlineData("actorops.cluster.connection = [s3ntinel-pw]")]
    [InlineData("actorops.cluster { store = postgres, connection = \"s3ntinel-pw\" }")]
    [InlineData("actorops.cluster { store = postgres, connection = \"Host=db;Password=a;s3ntinel-pw b=c\" }")]
    [InlineData("actorops.cluster { store = postgres, connection = \"Host=db;Port=s3ntinel-pw\" }")]
    [InlineData("actorops.cluster.connections = \"Host=db;Password=s3ntinel-pw\"")]
    [InlineData("actorops.cluster.connection-file = \"s3ntinel-pw\"")]
    [InlineData("actorops.cluster.password-file = \"s3ntinel-pw\"")]
    [InlineData("actorops.cluster.link.key-file = \"s3ntinel-pw\"")]
    [InlineData("actorops.http.certificate-key-file = \"s3ntinel-pw\"")]
    [InlineData("actorops.brokers.b { url = \"https://b\", secret-file = \"s3ntinel-pw\" }")]
    [InlineData("actorops.brokers.b { url = \"https://u:s3ntinel-pw@b\" }")]
    [InlineData("actorops.http.advertise = \"https://u:s3ntinel-pw@b\"")]
    [InlineData("s3ntinel-pw")]
    [InlineData("s3ntinel-pw=")]
    [InlineData("s3ntinel-pw=more")]
    [InlineData("s3ntinel-pw { }")]
    public void An_error_repeats_nothing_of_it(string text)
    {
        var configuration = NodeConfiguration.Load(Write("node.conf", text), [], new Dictionary<string, string>());
        Assert.NotEmpty(configuration.Errors);
        Hidden(configuration);
    }

    [Theory]
    [InlineData("admin.token", "s3ntinel-pw")]
    [InlineData("token.conf", "s3ntinel-pw")]
    [InlineData("token.conf", "s3ntinel-pw=")]
    [InlineData("token.conf", "s3ntinel-pw==")]
    [InlineData("token.conf", "-----BEGIN s3ntinel-pw KEY-----\ns3ntinel-pw+s3ntinel-pw\n")]
    public void An_include_of_a_secret_does_not_print_it(string name, string content)
    {
        Write(name, content);
        var configuration = NodeConfiguration.Load(Write("node.conf", $"include \"{name}\""), [], new Dictionary<string, string>());
        Assert.NotEmpty(configuration.Errors);
        Hidden(configuration);
    }

    [Fact]
    public void A_key_that_was_typed_on_the_command_line_is_still_named() =>
        Assert.Contains("actorop.data", Assert.Single(NodeConfiguration.Load(null, ["actorop.data = x"], new Dictionary<string, string>()).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task A_database_that_does_not_answer_is_named_without_its_password()
    {
        var configuration = NodeConfiguration.Load(null, [$"actorops.cluster {{ store = postgres, connection = \"Host=127.0.0.1;Port=1;Database=d;Username=u;Password={Mark}\" }}"], new Dictionary<string, string>());
        Assert.Empty(configuration.Errors);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Storage.Postgres.PostgresStore.OpenAsync(StoreOpening.Settings(configuration.Options.Cluster), TimeProvider.System));
        Assert.DoesNotContain(Mark, failure.ToString(), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_directory.File(name), text);
        return _directory.File(name);
    }

    private static void Hidden(NodeConfiguration configuration)
    {
        Assert.DoesNotContain(configuration.Items, item => $"{item.Key} {item.Value} {item.From}".Contains(Mark, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(configuration.Errors, error => error.ToString().Contains(Mark, StringComparison.OrdinalIgnoreCase));
    }
}
