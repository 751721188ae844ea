namespace ActorOps.Kernel.Supervision;

/// <param name="Directive">What to do.</param>
/// <param name="Delay">Wait before a restart.</param>
/// <param name="Everyone">It holds for every child.</param>
/// <param name="AlreadyUnderWay">An earlier decision covers this failure too.</param>
internal readonly record struct Decision(Directive Directive, TimeSpan Delay, bool Everyone, bool AlreadyUnderWay = false);
