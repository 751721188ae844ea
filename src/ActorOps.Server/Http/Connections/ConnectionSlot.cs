using System.Net;

namespace ActorOps.Server.Http.Connections;

/// <summary>One open connection in the pool.</summary>
/// <param name="Origin">Address, or network of 64 bits, that it comes from.</param>
/// <param name="Abort">Closes it.</param>
internal sealed record ConnectionSlot(IPAddress Origin, Action Abort)
{
    /// <summary>Who has shown a token on it first; null: a stranger's.</summary>
    public string? Principal { get; set; }

    /// <summary>Its place among the strangers.</summary>
    public LinkedListNode<ConnectionSlot>? Place { get; set; }
}
