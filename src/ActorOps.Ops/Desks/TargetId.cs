namespace ActorOps.Ops.Desks;

/// <summary>Name of one supervised thing; unique by kind and id.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
public sealed record TargetId(TargetKind Kind, string Id)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TargetId? target)
    {
        var parts = text.Split('/', 2);
        target = parts.Length == 2 && TargetKindNames.TryParse(parts[0], out var kind) ? new TargetId(kind, parts[1]) : null;
        return target is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.ToWire()}/{Id}";
}
