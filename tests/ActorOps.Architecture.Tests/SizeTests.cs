using System.Text.RegularExpressions;

namespace ActorOps.Architecture.Tests;

public partial class SizeTests
{
    [Fact]
    public void Files_are_small()
    {
        var sizes = Sources.Production.Select(path => (Path: Sources.Relative(path), Lines: Sources.Lines(path))).OrderBy(file => file.Lines).ToList();
        Assert.DoesNotContain(sizes, file => file.Lines > 400);
        Assert.True(sizes[sizes.Count / 2].Lines <= 60, $"median {sizes[sizes.Count / 2].Lines}");
        Assert.True(sizes[(int)(sizes.Count * 0.95)].Lines <= 200, $"p95 {sizes[(int)(sizes.Count * 0.95)]}");
    }

    [Fact]
    public void Methods_are_at_most_sixty_lines_long()
    {
        var wrong = from path in Sources.Production
                    from method in Long(File.ReadAllLines(path))
                    select $"{Sources.Relative(path)}:{method.Start} has {method.Length} lines";
        Assert.Empty(wrong);
    }

    /// <summary>Members are indented by one level: a body is what stands between a brace at that level and its partner.</summary>
    private static IEnumerable<(int Start, int Length)> Long(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] != "    {" || i == 0 || TypeHead().IsMatch(lines[i - 1]))
            {
                continue;
            }

            var end = Array.FindIndex(lines, i, line => line is "    }" or "    };" or "    });");
            if (end - i > 60)
            {
                yield return (i + 1, end - i);
            }
        }
    }

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\b|=$|\bnew\(")]
    private static partial Regex TypeHead();
}
