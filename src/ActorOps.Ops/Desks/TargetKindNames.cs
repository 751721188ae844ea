namespace ActorOps.Ops.Desks;

/// <summary>Names of the kinds on the wire and in paths.</summary>
public static class TargetKindNames
{
    private static readonly string[] Names = ["strategy", "feed", "broker", "component", "scope"];
    private static readonly string[] Folders = ["strategies", "feeds", "brokers", "components", "scopes"];

    /// <summary>The wire name, such as <c>strategy</c>.</summary>
    public static string ToWire(this TargetKind kind) => Names[(int)kind];

    /// <summary>The folder of this kind in a logical path, such as <c>strategies</c>.</summary>
    public static string Folder(this TargetKind kind) => Folders[(int)kind];

    /// <summary>Reads a wire name.</summary>
    public static bool TryParse(string? text, out TargetKind kind)
    {
        var index = Array.IndexOf(Names, text);
        kind = (TargetKind)Math.Max(index, 0);
        return index >= 0;
    }
}
