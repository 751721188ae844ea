using System.Text.RegularExpressions;

namespace ActorOps.Architecture.Tests;

public partial class FormTests
{
    [Fact]
    public void Namespaces_are_folders()
    {
        var wrong = from path in Sources.Production
                    let relative = Path.GetDirectoryName(Path.GetRelativePath(Path.Combine(Sources.Root, "src"), path))!.Replace('/', '.')
                    let match = Namespace().Match(File.ReadAllText(path))
                    where match.Success && match.Groups[1].Value != relative
                    select $"{Sources.Relative(path)} is in {match.Groups[1].Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void There_are_no_regions_and_nothing_is_left_for_later()
    {
        var wrong = from path in Sources.Production
                    from word in (string[])["#region", "TODO", "FIXME", "HACK", "NotImplementedException"]
                    where File.ReadAllText(path).Contains(word, StringComparison.Ordinal)
                    select $"{Sources.Relative(path)}: {word}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Concrete_classes_are_sealed()
    {
        var wrong = from path in Sources.Production
                    from Match match in OpenClass().Matches(File.ReadAllText(path))
                    select $"{Sources.Relative(path)}: {match.Value.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Words_that_say_nothing_are_not_used_as_names()
    {
        var wrong = from path in Sources.Production
                    let name = Path.GetFileNameWithoutExtension(path)
                    where VagueName().IsMatch(name)
                    select Sources.Relative(path);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Log_event_ids_are_unique_and_in_their_layers_range()
    {
        var ids = (from path in Sources.Production
                   from Match match in LogMessage().Matches(File.ReadAllText(path))
                   select (Id: int.Parse(match.Groups[1].Value), Project: Sources.Relative(path).Split('/')[1])).ToList();
        Assert.Empty(ids.GroupBy(item => item.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        var ranges = new Dictionary<string, int> { ["ActorOps.Kernel"] = 1, ["ActorOps.Cluster"] = 2, ["ActorOps.Storage"] = 3, ["ActorOps.Ops"] = 4, ["ActorOps.Server"] = 5 };
        Assert.All(ids, item => Assert.Equal(ranges[item.Project], item.Id / 1000));
    }

    [Fact]
    public void Tests_stand_at_the_path_of_what_they_test()
    {
        var tests = Sources.Tests.Select(Sources.Relative).Where(path => path.EndsWith("Tests.cs", StringComparison.Ordinal) && !path.Contains("Acceptance", StringComparison.Ordinal) && !path.Contains("Architecture", StringComparison.Ordinal) && !path.Contains("Conformance", StringComparison.Ordinal)).ToList();
        var astray = tests.Where(path => !File.Exists(Path.Combine(Sources.Root, MirrorOf(path)))).ToList();
        Assert.True(astray.Count * 10 <= tests.Count, string.Join('\n', astray));
    }

    private static string MirrorOf(string test)
    {
        var parts = test.Split('/');
        return string.Join('/', parts.Skip(2).Prepend(parts[1][..^".Tests".Length]).Prepend("src"))[..^"Tests.cs".Length] + ".cs";
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*(public|internal|private) (partial )?class \w+", RegexOptions.Multiline)]
    private static partial Regex OpenClass();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Processor|Impl|Info|Data)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\[LoggerMessage\((\d+)")]
    private static partial Regex LogMessage();
}
