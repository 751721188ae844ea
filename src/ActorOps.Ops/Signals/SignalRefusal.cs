namespace ActorOps.Ops.Signals;

/// <summary>Why a line is refused; default: it is not.</summary>
internal readonly record struct SignalRefusal(string? Code, string? Detail)
{
    public static SignalRefusal None => default;

    public bool IsRefused => Code is not null;

    public static SignalRefusal Missing(SignalField field, string type) => new("missing-field", $"{type} needs \"{SignalFields.NameOf(field)}\"");

    public static SignalRefusal Bad(SignalField field, string expected) => new("bad-value", $"\"{SignalFields.NameOf(field)}\" must be {expected}");

    public static SignalRefusal Bad(SignalField field, string expected, string found) => new("bad-value", $"\"{SignalFields.NameOf(field)}\" is {KillSwitches.SafeText.Clean(found, 40)} and must be {expected}");
}
