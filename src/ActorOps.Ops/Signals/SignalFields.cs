namespace ActorOps.Ops.Signals;

/// <summary>Field names to places, by length first: no hashing, no allocation.</summary>
internal static class SignalFields
{
    private static readonly (byte[] Name, SignalField Field)[][] ByLength = Build();

    public static SignalField Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var (known, field) in ByLength[name.Length])
            {
                if (name.SequenceEqual(known))
                {
                    return field;
                }
            }
        }

        return SignalField.Unknown;
    }

    public static string NameOf(SignalField field) => char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..];

    private static (byte[] Name, SignalField Field)[][] Build()
    {
        var named = Enum.GetValues<SignalField>().Where(field => field != SignalField.Unknown).Select(field => (Name: System.Text.Encoding.UTF8.GetBytes(NameOf(field)), field)).ToList();
        return [.. Enumerable.Range(0, named.Max(field => field.Name.Length) + 1).Select(length => named.Where(field => field.Name.Length == length).ToArray())];
    }
}
