using System.Text.RegularExpressions;

namespace ActorOps.Hocon.Parsing;

internal static partial class ScalarKinds
{
    public static HoconScalarKind Of(string unquoted) => unquoted switch
    {
        "true" or "false" => HoconScalarKind.Boolean,
        "null" => HoconScalarKind.Null,
        _ => Number().IsMatch(unquoted) ? HoconScalarKind.Number : HoconScalarKind.Text,
    };

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex Number();
}
