using System.Globalization;
using System.Text.Json;

namespace ActorOps.Hocon.Tests.Conformance;

public class TypesafeConformanceTests
{
    /// <summary>Where ours is stricter or looser on purpose; the reason stands beside it.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["a=[1]x"] = "the reference drops the x without a word; text that means nothing is an error here",
    };

    [RequiresTypesafeFact]
    public void Every_case_means_what_the_reference_implementation_says()
    {
        var answers = TypesafeOracle.Ask(ConformanceCases.All.Select(TypesafeOracle.Encode));
        Assert.Equal(ConformanceCases.All.Count, answers.Count);
        var differences = ConformanceCases.All.Zip(answers)
            .Where(pair => !Deviations.ContainsKey(pair.First) && !Agree(Ours(pair.First, "case.conf"), pair.Second))
            .Select(pair => $"{JsonSerializer.Serialize(pair.First)}: ours {Ours(pair.First, "case.conf")}, reference {pair.Second}");
        Assert.Empty(differences);
    }

    [RequiresTypesafeFact]
    public void The_shipped_configuration_files_mean_the_same_to_both()
    {
        var files = Directory.GetFiles(RepositoryRoot.Find("hocon"), "*.conf");
        Assert.NotEmpty(files);
        var answers = TypesafeOracle.Ask(files.Select(file => "@" + file));
        Assert.All(files.Zip(answers), pair => Assert.True(Agree(Ours(File.ReadAllText(pair.First), pair.First), pair.Second), $"{pair.First}: {pair.Second}"));
    }

    private static string Ours(string text, string name)
    {
        try
        {
            return Render(HoconDocument.Parse(text, name));
        }
        catch (HoconException error)
        {
            return "!" + error.Message;
        }
    }

    private static bool Agree(string ours, string reference)
    {
        if (ours.StartsWith('!') || reference.StartsWith('!'))
        {
            return ours.StartsWith('!') == reference.StartsWith('!');
        }

        using var a = JsonDocument.Parse(ours);
        using var b = JsonDocument.Parse(reference);
        return Same(a.RootElement, b.RootElement);
    }

    private static bool Same(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind && a.ValueKind switch
    {
        JsonValueKind.Object => a.EnumerateObject().Count() == b.EnumerateObject().Count()
            && a.EnumerateObject().All(field => b.TryGetProperty(field.Name, out var other) && Same(field.Value, other)),
        JsonValueKind.Array => a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
        JsonValueKind.Number => a.GetDouble().Equals(b.GetDouble()),
        _ => a.ToString() == b.ToString(),
    };

    private static string Render(HoconValue value) => value switch
    {
        HoconObject o => "{" + string.Join(',', o.Fields.Select(field => JsonSerializer.Serialize(field.Key) + ":" + Render(field.Value))) + "}",
        HoconArray a => "[" + string.Join(',', a.Items.Select(Render)) + "]",
        HoconScalar { Kind: HoconScalarKind.Number } s => double.Parse(s.Text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        HoconScalar { Kind: HoconScalarKind.Text } s => JsonSerializer.Serialize(s.Text),
        HoconScalar s => s.Text,
        _ => throw new InvalidOperationException(),
    };
}
