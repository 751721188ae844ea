namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>Examples as they stand in the documentation.</summary>
public static class DocumentedCode
{
    /// <summary>The only block of a language in a document, written to a file.</summary>
    public static string Extract(string document, string language, string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Find(document));
        var from = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        File.WriteAllText(file, text[from..text.IndexOf("\n```", from, StringComparison.Ordinal)] + "\n");
        return file;
    }
}
