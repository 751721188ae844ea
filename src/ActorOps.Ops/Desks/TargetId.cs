namespace ActorOps.Ops.Desks;

/// <summary>Name of one supervised thing; unique by kind and id.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
public sealed record TargetId(TargetKind Kind, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind.ToWire()}/{Id}";
}
