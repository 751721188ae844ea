namespace ActorOps.Ops.Situations;

/// <summary>A member of the cluster.</summary>
/// <param name="Node">Its name.</param>
/// <param name="State">Up, Silent, Down, Joining, Leaving or Drained.</param>
/// <param name="Silence">Time since its last heartbeat.</param>
public sealed record NodeFact(string Node, string State, TimeSpan Silence)
{
    /// <summary>It takes part, or does not by a person's will.</summary>
    public bool IsPresent => State is "Up" or "Joining" or "Leaving" or "Drained";
}
