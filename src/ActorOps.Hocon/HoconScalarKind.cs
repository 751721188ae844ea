namespace ActorOps.Hocon;

/// <summary>What a scalar was written as.</summary>
public enum HoconScalarKind
{
    /// <summary>Quoted text, or unquoted text of no other kind.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>.</summary>
    Null,
}
