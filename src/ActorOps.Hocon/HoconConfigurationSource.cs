using Microsoft.Extensions.Configuration;

namespace ActorOps.Hocon;

/// <summary>Layers of HOCON as a configuration source; a later layer stands over an earlier one.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>Name and text of each layer.</summary>
    public required IReadOnlyList<(string Name, string Text)> Layers { get; init; }

    /// <summary>How they are read.</summary>
    public HoconReadOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
