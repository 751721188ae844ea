using ActorOps.Hocon.Parsing;
using ActorOps.Hocon.Resolving;

namespace ActorOps.Hocon;

/// <summary>
/// Reads the HOCON subset of ActorOps (HOCON.md of lightbend/config): everything but <c>url()</c>, <c>classpath()</c>, <c>.properties</c>
/// and package scopes, which are refused by name.
/// </summary>
public static class HoconDocument
{
    /// <summary>Reads and resolves one text. <paramref name="name"/> is its path: includes are relative to it.</summary>
    /// <exception cref="HoconException">At the first error.</exception>
    public static HoconObject Parse(string text, string name, HoconReadOptions? options = null) => Resolve([(name, text)], options);

    /// <summary>Reads and resolves one file.</summary>
    /// <exception cref="HoconException">At the first error.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static HoconObject Load(string path, HoconReadOptions? options = null) => Parse(File.ReadAllText(path), path, options);

    /// <summary>Reads several layers, the later ones over the earlier, and resolves them as one.</summary>
    /// <exception cref="HoconException">At the first error.</exception>
    public static HoconObject Resolve(IEnumerable<(string Name, string Text)> layers, HoconReadOptions? options = null)
    {
        options ??= new HoconReadOptions();
        var root = new ObjectNode(new SourcePosition("(root)", 1, 1));
        foreach (var (name, text) in layers)
        {
            root.Merge(new HoconParser(text, name, options, [], 0).ParseRoot());
        }

        return new Resolver(root, options).ResolveRoot();
    }
}
