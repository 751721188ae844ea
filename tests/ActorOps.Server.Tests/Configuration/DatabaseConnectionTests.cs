using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Configuration;

public sealed class DatabaseConnectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_password_may_have_a_file_of_its_own()
    {
        var file = Write("password", "p;w=1\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = Load("connection = \"Host=db;Username=u\"", $"password-file = \"{file}\"").Options.Cluster;
        Assert.Equal("p;w=1", new Npgsql.NpgsqlConnectionStringBuilder(StoreOpening.Settings(options).ConnectionString).Password);
    }

    [Fact]
    public void The_whole_connection_may_stand_in_a_file()
    {
        var file = Write("connection", "Host=db;Username=u;Password=x\n", UnixFileMode.UserRead);
        Assert.Equal("Host=db;Username=u;Password=x", StoreOpening.Settings(Load($"connection-file = \"{file}\"").Options.Cluster).ConnectionString);
    }

    [Theory]
    [InlineData("0644", "chmod 0600")]
    [InlineData("0604", "chmod 0600")]
    [InlineData("0620", "chmod 0600")]
    public void A_file_that_other_users_can_read_or_change_is_refused(string mode, string fix)
    {
        var file = Write("password", "x", (UnixFileMode)Convert.ToInt32(mode, 8));
        var error = Assert.Single(Load("connection = \"Host=db\"", $"password-file = \"{file}\"").Errors).ToString();
        Assert.Contains($"mode {mode}", error, StringComparison.Ordinal);
        Assert.Contains(fix, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_its_group_may_read_is_good() => Assert.Empty(Load("connection = \"Host=db\"", $"password-file = \"{Write("p", "x", UnixFileMode.UserRead | UnixFileMode.GroupRead)}\"").Errors);

    [Fact]
    public void A_secret_that_is_given_twice_or_is_empty_is_an_error()
    {
        var file = Write("f", "Host=db", UnixFileMode.UserRead);
        Assert.Contains("keep one of them", Assert.Single(Load("connection = \"Host=db\"", $"connection-file = \"{file}\"").Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("keep one of them", Assert.Single(Load("connection = \"Host=db;Password=x\"", $"password-file = \"{file}\"").Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Single(Load("connection = \"Host=db\"", $"password-file = \"{Write("e", string.Empty, UnixFileMode.UserRead)}\"").Errors).ToString(), StringComparison.Ordinal);
    }

    private static NodeConfiguration Load(params string[] settings) =>
        NodeConfiguration.Load(null, ["actorops.cluster.store = postgres", .. settings.Select(setting => "actorops.cluster." + setting)], new Dictionary<string, string>());

    private string Write(string name, string text, UnixFileMode mode)
    {
        File.WriteAllText(_directory.File(name), text);
        File.SetUnixFileMode(_directory.File(name), mode);
        return _directory.File(name);
    }
}
