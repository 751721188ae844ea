namespace ActorOps.Kernel.Supervision;

/// <summary>What a parent does about a failed child.</summary>
public enum Directive
{
    /// <summary>Go on with the next message; the instance and its state are kept.</summary>
    Resume,

    /// <summary>Go on with a new instance; the mailbox is kept, the state is not.</summary>
    Restart,

    /// <summary>Stop the child.</summary>
    Stop,

    /// <summary>Fail with the child's reason, so that the grandparent decides.</summary>
    Escalate,
}
