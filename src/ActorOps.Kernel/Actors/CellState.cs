namespace ActorOps.Kernel.Actors;

/// <summary>Where an actor is in its life.</summary>
public enum CellState
{
    /// <summary>Created, PreStart not yet run.</summary>
    Starting,

    /// <summary>Handles messages.</summary>
    Running,

    /// <summary>Failed, or under a failed ancestor: waits for the directive.</summary>
    Suspended,

    /// <summary>Waits for stopping children and ending tasks before the new instance starts.</summary>
    Restarting,

    /// <summary>Waits for stopping children and ending tasks before its own PostStop.</summary>
    Stopping,

    /// <summary>Gone; messages become dead letters.</summary>
    Stopped,
}
