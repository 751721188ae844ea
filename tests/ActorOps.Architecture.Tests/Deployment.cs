using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ActorOps.Architecture.Tests;

/// <summary>A YAML file under docker/, and paths through it.</summary>
internal static class Deployment
{
    public static IReadOnlyList<YamlNode> Load(string file) => Read(File.ReadAllText(Path.Combine(Sources.Root, "docker", file)));

    /// <summary>Documents of a text, with the merge keys of YAML 1.1 resolved.</summary>
    public static IReadOnlyList<YamlNode> Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new MergingParser(new Parser(new StringReader(text))));
        return [.. yaml.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The node at a path of keys; null when it is not there.</summary>
    public static YamlNode? At(this YamlNode? node, params string[] path)
    {
        foreach (var key in path)
        {
            node = node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
        }

        return node;
    }

    public static string Text(this YamlNode? node, params string[] path) => (node.At(path) as YamlScalarNode)?.Value ?? string.Empty;

    /// <summary>Texts of a list; empty when it is not there.</summary>
    public static IReadOnlyList<string> Texts(this YamlNode? node, params string[] path) => [.. Items(node, path).OfType<YamlScalarNode>().Select(item => item.Value ?? string.Empty)];

    public static IEnumerable<YamlNode> Items(this YamlNode? node, params string[] path) => (node.At(path) as YamlSequenceNode)?.Children ?? [];

    public static IEnumerable<(string Name, YamlNode Value)> Fields(this YamlNode? node, params string[] path) =>
        (node.At(path) as YamlMappingNode)?.Children.Select(child => (((YamlScalarNode)child.Key).Value ?? string.Empty, child.Value)) ?? [];
}
