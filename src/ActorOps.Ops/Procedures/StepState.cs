namespace ActorOps.Ops.Procedures;

/// <summary>Where a step of a procedure stands.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Begun, and on record as such; whether it has had its effect is not known yet.</summary>
    Intended,

    /// <summary>Its effect is there, and was looked at.</summary>
    Done,

    /// <summary>Not needed here.</summary>
    Skipped,

    /// <summary>It did not work.</summary>
    Failed,

    /// <summary>Nobody can say whether it worked.</summary>
    Unknown,
}
