using System.Text.RegularExpressions;

namespace ActorOps.Architecture.Tests;

/// <summary>The source tree as the tests see it.</summary>
internal static partial class Sources
{
    public static string Root { get; } = RepositoryRoot.Find(string.Empty);

    public static IReadOnlyList<string> Production { get; } = Files("src");

    public static IReadOnlyList<string> Tests { get; } = Files("tests");

    public static IEnumerable<string> Projects => Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    public static int Lines(string path) => File.ReadLines(path).Count();

    /// <summary>Projects a project file refers to, by name.</summary>
    public static IEnumerable<string> References(string project) => Reference().Matches(File.ReadAllText(project)).Select(match => match.Groups[1].Value);

    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))];

    [GeneratedRegex(@"ProjectReference Include=""[^""]*/(ActorOps\.\w+)\.csproj""")]
    private static partial Regex Reference();
}
