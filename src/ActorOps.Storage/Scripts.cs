using System.Globalization;

namespace ActorOps.Storage;

/// <summary>The SQL that stands in files of its own, by engine and file name.</summary>
internal static class Scripts
{
    public static string Text(string name)
    {
        using var stream = typeof(Scripts).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The script {name}.sql is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>An engine's migrations in the order of their numbers.</summary>
    public static IReadOnlyList<(int Version, string Text)> Migrations(string engine)
    {
        var prefix = engine + "/migrations/";
        return [.. from resource in typeof(Scripts).Assembly.GetManifestResourceNames()
            where resource.StartsWith(prefix, StringComparison.Ordinal)
            let version = int.Parse(resource[prefix.Length..], CultureInfo.InvariantCulture)
            orderby version
            select (version, Text(resource))];
    }
}
