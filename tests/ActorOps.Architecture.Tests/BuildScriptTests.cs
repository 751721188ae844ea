using System.Diagnostics;

namespace ActorOps.Architecture.Tests;

/// <summary>What build.sh does to a person's machine, with a stand-in for apt-get that only writes down what it is asked.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private const string TwoMissing = "missing_packages() { echo 'prometheus|metrics as Prometheus reads them'; echo 'pgbouncer|a pooler is refused'; }; ";
    private readonly TemporaryDirectory _folder = new();

    public BuildScriptTests()
    {
        File.Copy(Path.Combine(Sources.Root, "build.sh"), _folder.File("build.sh"));
        foreach (var name in (string[])["apt-get", "systemctl", "id"])
        {
            // As root, and as a person would be who is not.
            var text = name == "id" ? "echo ${PRETEND_UID:-0}" : $"echo \"{name} $*\" >>{_folder.File("log")}";
            File.WriteAllText(_folder.File(name), $"#!/bin/sh\n{text}\n");
            File.SetUnixFileMode(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private IReadOnlyList<string> Asked => File.Exists(_folder.File("log")) ? File.ReadAllLines(_folder.File("log")) : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_terminal_root_installs_what_is_missing_and_leaves_no_service_running()
    {
        // Files of the system are not touched by a test: the part that runs as root is replaced where it would.
        var output = Run(TwoMissing + "bash() { sed -e 's|/usr/sbin/|./|g; s|/etc/|./etc/|g' | command bash \"$@\"; }; install_packages ask");
        Assert.Contains("prometheus                 metrics as Prometheus reads them", output, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y -qq --no-install-recommends prometheus pgbouncer", Asked);
        Assert.Contains("systemctl disable --now prometheus.service", Asked);
        Assert.Contains("systemctl disable --now pgbouncer.service", Asked);
        Assert.False(File.Exists(_folder.File("policy-rc.d")));
    }

    [Fact]
    public void Told_not_to_it_installs_nothing_and_says_what_is_missing()
    {
        Assert.Contains("pgbouncer", Run(TwoMissing + "install_packages no"), StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public void Somebody_who_is_not_root_and_has_no_terminal_gets_nothing_installed()
    {
        Assert.Contains("not installed", Run("export PRETEND_UID=1000; " + TwoMissing + "install_packages ask"), StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public void Short_suites_come_before_those_with_real_processes_and_none_is_forgotten()
    {
        var order = Run("cd " + Sources.Root + "; short_suites; long_suites").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("tests/ActorOps.Acceptance.Tests", order[^1]);
        Assert.Equal(Directory.GetDirectories(Path.Combine(Sources.Root, "tests"), "*.Tests").Select(path => "tests/" + Path.GetFileName(path)).Order(), order.Order());
    }

    [Fact]
    public void The_closing_line_counts_what_was_left_out_and_a_suite_that_died()
    {
        Directory.CreateDirectory(_folder.File("artifacts/test-results"));
        File.WriteAllText(_folder.File("artifacts/test-results/a.trx"), "<Counters total=\"10\" executed=\"9\" passed=\"9\" failed=\"0\" />");
        Assert.EndsWith("9 passed, 0 failed, 6 skipped", Run("report 0 5").TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("9 passed, 1 failed, 6 skipped", Run("report 1 5 || true").TrimEnd(), StringComparison.Ordinal);
    }

    private string Run(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-c", "source ./build.sh; " + commands]) { WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.Path}:{start.Environment["PATH"]}";
        using var bash = Process.Start(start)!;
        bash.StandardInput.Close();
        var errors = bash.StandardError.ReadToEndAsync();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output + errors.GetAwaiter().GetResult();
    }
}
