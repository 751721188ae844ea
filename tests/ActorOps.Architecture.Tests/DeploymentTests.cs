namespace ActorOps.Architecture.Tests;

/// <summary>Secrets as files, no capabilities, a read-only root, no way to gain privileges: in every file that runs ActorOps elsewhere.</summary>
public class DeploymentTests
{
    private static string Text(string file) => File.ReadAllText(Path.Combine(Sources.Root, "docker", file));

    [Fact]
    public void Compose_confines_every_service() => Assert.Empty(DeploymentRules.Compose(Deployment.Load("compose.yaml")[0]));

    [Fact]
    public void Kubernetes_confines_every_pod_and_says_who_may_connect() => Assert.Empty(DeploymentRules.Kubernetes(Deployment.Load("kubernetes/actorops.yaml")));

    [Fact]
    public void The_unit_confines_the_service() => Assert.Empty(DeploymentRules.Systemd(Text("systemd/actorops-node.service")));

    [Theory]
    [InlineData("cap_drop: [ALL]", "cap_drop: []", "keeps capabilities")]
    [InlineData("no-new-privileges:true", "label:disable", "may gain privileges")]
    [InlineData("read_only: true", "read_only: false", "can write to its image")]
    [InlineData("POSTGRES_PASSWORD_FILE: /secrets/password", "POSTGRES_PASSWORD: actorops", "db-1 has a secret in the environment")]
    [InlineData("Username=actorops\"", "Username=actorops;Password=x\"", "node-1 has a secret in the environment")]
    [InlineData("node-1-secrets:/secrets:ro", "authority-secrets:/secrets:ro", "node-1 has the private key")]
    [InlineData("127.0.0.1:8081:8080", "8081:8080", "node-1 publishes")]
    public void A_planted_fault_of_compose_is_found(string good, string bad, string found)
    {
        Assert.Contains(good, Text("compose.yaml"), StringComparison.Ordinal);
        Assert.Contains(DeploymentRules.Compose(Deployment.Read(Text("compose.yaml").Replace(good, bad, StringComparison.Ordinal))[0]), fault => fault.Contains(found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind: NetworkPolicy", "kind: NetworkWish", "no NetworkPolicy")]
    [InlineData("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "readOnlyRootFilesystem")]
    [InlineData("allowPrivilegeEscalation: false, ", "", "allowPrivilegeEscalation")]
    [InlineData("drop: [ALL]", "drop: [NET_RAW]", "capabilities.drop")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "as root")]
    [InlineData("value: \"$(POD)\"", "valueFrom: { secretKeyRef: { name: a, key: b } }", "secret in the environment")]
    public void A_planted_fault_of_kubernetes_is_found(string good, string bad, string found)
    {
        Assert.Contains(good, Text("kubernetes/actorops.yaml"), StringComparison.Ordinal);
        Assert.Contains(DeploymentRules.Kubernetes(Deployment.Read(Text("kubernetes/actorops.yaml").Replace(good, bad, StringComparison.Ordinal))), fault => fault.Contains(found, StringComparison.Ordinal));
    }

    [Fact]
    public void A_planted_fault_of_the_unit_is_found() => Assert.Single(DeploymentRules.Systemd(Text("systemd/actorops-node.service").Replace("NoNewPrivileges=yes\n", string.Empty, StringComparison.Ordinal)));

    [Fact]
    public void The_script_gives_each_program_its_own_secrets_and_nobody_else_any()
    {
        using var folder = new TemporaryDirectory();
        var start = new System.Diagnostics.ProcessStartInfo("sh", [Path.Combine(Sources.Root, "docker/make-secrets.sh"), folder.Path, "node-1"]) { RedirectStandardError = true };
        using var script = System.Diagnostics.Process.Start(start)!;
        script.StandardError.ReadToEnd();
        script.WaitForExit();
        Assert.Equal(0, script.ExitCode);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder.Path, file), File.GetUnixFileMode);
        Assert.Equal(["authority.pem", "node.key", "node.pem", "password"], files.Keys.Where(file => file.StartsWith("node-1", StringComparison.Ordinal)).Select(Path.GetFileName).Order());
        Assert.Equal(["authority/authority.key"], files.Keys.Where(file => file.EndsWith("authority.key", StringComparison.Ordinal)));
        Assert.All(files.Where(file => !file.Key.StartsWith("public", StringComparison.Ordinal)), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.Value));
    }
}
