namespace ActorOps.Kernel.Supervision;

internal readonly record struct Decision(Directive Directive, TimeSpan Delay);
