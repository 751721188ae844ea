using System.Reflection;
using System.Text.Json.Serialization;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Tests;

/// <summary>One stored sample per event version, kept for ever: what a journal holds must stay readable, and every kind must be handled.</summary>
public class GoldenEventsTests
{
    private static readonly string Folder = RepositoryRoot.Find("tests/ActorOps.Ops.Tests/Golden");

    public static TheoryData<string> Kinds => [.. Families().SelectMany(family => family.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(derived => (string)derived.TypeDiscriminator!)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_stored_event_reads_and_writes_as_it_did(string kind)
    {
        var path = Path.Combine(Folder, kind + ".json");
        Assert.True(File.Exists(path), $"There is no sample of {kind}: store one as {path}.");
        var sample = File.ReadAllText(path).Trim();
        var family = Families().First(candidate => candidate.GetCustomAttributes<JsonDerivedTypeAttribute>().Any(derived => (string)derived.TypeDiscriminator! == kind));
        var decoded = Decode(family, kind, sample);
        Assert.Equal(sample, Encode(family, decoded));
    }

    private static IEnumerable<Type> Families() => typeof(OpsSystem).Assembly.GetTypes().Where(type => type.IsAbstract && type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Any());

    private static object Codec(Type family)
    {
        var context = typeof(OpsSystem).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(type => (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!)
            .First(candidate => candidate.GetTypeInfo(family) is not null);
        return Activator.CreateInstance(typeof(JsonEventCodec<>).MakeGenericType(family), context.GetTypeInfo(family))!;
    }

    private static object Decode(Type family, string kind, string json) => Codec(family).GetType().GetMethod("Decode")!.Invoke(Codec(family), [kind, json])!;

    private static string Encode(Type family, object e) => ((JournalEntry)Codec(family).GetType().GetMethod("Encode")!.Invoke(Codec(family), [e])!).Payload;
}
