using System.ComponentModel.DataAnnotations;

namespace ActorOps.Integrations.Alpaca;

/// <summary>A broker behind an Alpaca-style REST interface.</summary>
public sealed class AlpacaOptions
{
    /// <summary>Its address, such as <c>https://paper-api.alpaca.markets</c>.</summary>
    public string Url { get; init; } = string.Empty;

    /// <summary>File with the key id; empty: none is sent.</summary>
    public string KeyFile { get; init; } = string.Empty;

    /// <summary>File with the secret key; empty: none is sent.</summary>
    public string SecretFile { get; init; } = string.Empty;

    /// <summary>Calls a minute that the broker allows.</summary>
    [Range(1, 100_000)]
    public int RequestsPerMinute { get; init; } = 200;

    /// <summary>Share of them that is kept for emergencies, 0 to 0.9.</summary>
    [Range(0.0, 0.9)]
    public double ReservedShare { get; init; } = 0.5;
}
