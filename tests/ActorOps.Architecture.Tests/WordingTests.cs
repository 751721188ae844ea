using System.Text.RegularExpressions;

namespace ActorOps.Architecture.Tests;

/// <summary>Turns of phrase that are not plain English, in the rooms whose words people read most.</summary>
public partial class WordingTests
{
    private static readonly string[] Rooms =
    [
        "src/ActorOps.Server/Hosting", "src/ActorOps.Server/Clustering", "src/ActorOps.Server/Configuration", "src/ActorOps.Ops/Supervisors", "src/ActorOps.Ops/Escalations",
        "src/ActorOps.Ops/Procedures", "src/ActorOps.Ops/Rollbacks", "src/ActorOps.Ops/Rules", "src/ActorOps.Ops/Situations", "src/ActorOps.Cli/Commands", "src/ActorOps.Cli/Output", "hocon",
    ];

    [Fact]
    public void Sentences_are_plain()
    {
        var wrong = from room in Rooms
                    from path in Directory.GetFiles(Path.Combine(Sources.Root, room), "*", SearchOption.AllDirectories)
                    where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".conf", StringComparison.Ordinal)
                    from line in File.ReadLines(path).Select((text, index) => (text, number: index + 1))
                    where Odd().IsMatch(line.text)
                    select $"{Sources.Relative(path)}:{line.number}: {line.text.Trim()}";
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("'x' is no scope: use firm", true)]
    [InlineData("there is no file 'x'", false)]
    [InlineData("it is no longer held", false)]
    [InlineData("Let it go on", true)]
    [InlineData("whoever may can drain", true)]
    [InlineData("lifts by itself", true)]
    public void The_patterns_find_what_they_are_meant_to(string text, bool isOdd) => Assert.Equal(isOdd, Odd().IsMatch(text));

    [GeneratedRegex(@"(?<![Tt]here )\bis no (?!longer\b|later\b|earlier\b)[a-z]|\b(that|which) is none\b|\bgo(es)? on\b|\bst(and|ands|ood) still\b|\banew\b|\b[Ww]hoever\b|\bof before\b|\bby itself\b|\bdoes so no more\b")]
    private static partial Regex Odd();
}
