namespace ActorOps.Cluster.Membership;

/// <summary>What a node says of itself when it joins.</summary>
/// <param name="Region">Where it stands.</param>
/// <param name="Roles">What it is for, sorted.</param>
/// <param name="Address">Where other nodes reach its link, such as <c>https://10.0.0.5:8090</c>; empty: they cannot.</param>
/// <param name="Version">Version of the program, for people.</param>
/// <param name="Protocol">Version of what nodes say to each other and keep in the store; grows by one a change.</param>
/// <param name="OldestProtocol">Oldest protocol that it can work with.</param>
/// <param name="Weight">Share of the shards it should carry beside others; 0: none, and no singleton either.</param>
public sealed record NodeDescription(string Region, IReadOnlyList<string> Roles, string Address, string Version, int Protocol, int OldestProtocol, double Weight = 1)
{
    /// <summary>Where desks and people reach it, such as <c>https://node-1.desk.example:8080</c>; empty: unknown.</summary>
    public string Url { get; init; } = string.Empty;

    /// <summary>True when both can read what the other writes.</summary>
    public bool WorksWith(int protocol, int oldestProtocol) => Protocol >= oldestProtocol && protocol >= OldestProtocol;
}
