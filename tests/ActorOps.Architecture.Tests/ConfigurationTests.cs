using ActorOps.Hocon;
using ActorOps.Hocon.Binding;
using ActorOps.Server.Configuration;

namespace ActorOps.Architecture.Tests;

/// <summary>reference.conf and the options say the same, both ways; and every key is explained.</summary>
public class ConfigurationTests
{
    [Fact]
    public void Every_option_has_its_default_in_the_reference_and_every_key_there_is_an_option()
    {
        var root = (HoconObject)HoconDocument.Parse(NodeConfiguration.ReferenceText(), "reference.conf").Fields["actorops"];
        Assert.Empty(Missing(root, typeof(NodeOptions), "actorops"));
        Assert.Empty(NodeConfiguration.Load(null, [], new Dictionary<string, string>()).Errors);
    }

    [Fact]
    public void Every_key_of_the_reference_has_a_comment_above_it_or_stands_under_one_that_has()
    {
        var lines = File.ReadAllLines(Path.Combine(Sources.Root, "hocon/reference.conf"));
        var bare = new List<string>();
        var explained = false;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                explained = true;
            }
            else if (line.Contains('=', StringComparison.Ordinal))
            {
                // A certificate and its key share one comment, as do values side by side on a line.
                if (!explained && !line.StartsWith("certificate-key-file", StringComparison.Ordinal))
                {
                    bare.Add(line);
                }

                explained = false;
            }
        }

        Assert.Empty(bare);
    }

    private static IEnumerable<string> Missing(HoconObject section, Type options, string path)
    {
        foreach (var property in options.GetProperties().Where(property => property.CanWrite))
        {
            var key = KeyNames.ToKey(property.Name);
            var optional = Nullable.GetUnderlyingType(property.PropertyType) is not null || property.DeclaringType!.Name == "RuleLimit";
            if (!section.Fields.TryGetValue(key, out var value))
            {
                if (!optional)
                {
                    yield return $"{path}.{key}";
                }
            }
            else if (value is HoconObject nested && property.PropertyType.Namespace?.StartsWith("ActorOps", StringComparison.Ordinal) == true)
            {
                foreach (var missing in Missing(nested, property.PropertyType, $"{path}.{key}"))
                {
                    yield return missing;
                }
            }
        }
    }
}
