namespace ActorOps.Kernel.Streams;

/// <summary>What ended a wait.</summary>
internal enum Arrival
{
    /// <summary>An element can be read.</summary>
    Element,

    /// <summary>The source has ended.</summary>
    Ended,

    /// <summary>The time is up.</summary>
    TimedOut,
}
