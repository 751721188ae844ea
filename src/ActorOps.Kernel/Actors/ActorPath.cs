namespace ActorOps.Kernel.Actors;

/// <summary>Place of an actor in the hierarchy, written <c>/user/feeds/spy</c>. Immutable; equal when the text is equal.</summary>
public sealed class ActorPath : IEquatable<ActorPath>
{
    private ActorPath(ActorPath? parent, string name) => (Parent, Name) = (parent, name);

    /// <summary>The path one level up; null at the root.</summary>
    public ActorPath? Parent { get; }

    /// <summary>Last element of the path.</summary>
    public string Name { get; }

    /// <summary>A path of one element.</summary>
    public static ActorPath Root(string name) => new(null, name);

    /// <summary>The path of a child. A name is 1 to 255 characters with no slash and no control character.</summary>
    /// <exception cref="ArgumentException">The name breaks this rule.</exception>
    public ActorPath Append(string name)
    {
        if (name.Length is 0 or > 255 || name.AsSpan().ContainsAny("/\n\r\0"))
        {
            throw new ArgumentException($"'{name}' is not an actor name: use 1 to 255 characters without '/' and control characters.", nameof(name));
        }

        return new ActorPath(this, name);
    }

    /// <inheritdoc/>
    public bool Equals(ActorPath? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name && (Parent is null ? other.Parent is null : Parent.Equals(other.Parent)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parent, Name);

    /// <inheritdoc/>
    public override string ToString() => Parent is null ? "/" + Name : Parent + "/" + Name;
}
