using System.Text.RegularExpressions;

namespace ActorOps.Architecture.Tests;

public partial class DocumentTests
{
    private static IEnumerable<string> Documents => Directory.GetFiles(Sources.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Sources.Root, "docs"), "*.md", SearchOption.AllDirectories));

    [Fact]
    public void Links_resolve()
    {
        var broken = from path in Documents
                     from Match match in Link().Matches(File.ReadAllText(path))
                     let target = match.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target))
                     select $"{Sources.Relative(path)} -> {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_is_short() => Assert.True(Sources.Lines(Path.Combine(Sources.Root, "README.md")) <= 150);

    [Fact]
    public void Documents_are_of_four_kinds_and_decisions() =>
        Assert.Equal(["adr", "explanation", "how-to", "reference", "tutorial"], Directory.GetDirectories(Path.Combine(Sources.Root, "docs")).Select(path => Path.GetFileName(path)).Order());

    [Fact]
    public void The_catalogue_of_log_events_is_complete()
    {
        var catalogue = File.ReadAllText(Path.Combine(Sources.Root, "docs/reference/log-events.md"));
        var missing = from path in Sources.Production
                      from Match match in LogMessage().Matches(File.ReadAllText(path))
                      where !catalogue.Contains($"| {match.Groups[1].Value} |", StringComparison.Ordinal)
                      select match.Value;
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_command_that_the_readme_shows_is_a_verb_of_build_sh()
    {
        var build = File.ReadAllText(Path.Combine(Sources.Root, "build.sh"));
        var unknown = BuildVerb().Matches(File.ReadAllText(Path.Combine(Sources.Root, "README.md"))).Select(match => match.Groups[1].Value).Distinct().Where(verb => !build.Contains($"  {verb}) ", StringComparison.Ordinal) && !build.Contains($"| {verb}) ", StringComparison.Ordinal));
        Assert.Empty(unknown);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[LoggerMessage\((\d+)")]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"\./build\.sh ([a-z-]+)")]
    private static partial Regex BuildVerb();
}
