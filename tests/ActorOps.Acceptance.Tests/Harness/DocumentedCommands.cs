namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>The commands of a document: the lines of its <c>sh</c> blocks, with the heading they stand under.</summary>
public static class DocumentedCommands
{
    public static IReadOnlyList<(string Heading, string Command)> Read(string document)
    {
        var commands = new List<(string, string)>();
        var heading = string.Empty;
        var isCommand = false;
        foreach (var line in File.ReadLines(RepositoryRoot.Find(document)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCommand = line == "```sh";
            }
            else if (isCommand && line.Length > 0)
            {
                commands.Add((heading, line));
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                heading = line[3..];
            }
        }

        return commands;
    }
}
