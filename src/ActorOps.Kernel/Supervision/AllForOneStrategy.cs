namespace ActorOps.Kernel.Supervision;

/// <summary>All children together, for those that make no sense without one another: Restart and Stop are for every child, and one count of restarts is for all.</summary>
/// <param name="decider">Directive for an exception; an exception of its own fails the supervisor.</param>
/// <param name="maxRestarts">Restarts of the family allowed within <paramref name="window"/>, 0 or more; one more exhausts them.</param>
/// <param name="window">Sliding window of the count.</param>
/// <param name="backoff">Wait before each restart, during which the siblings are suspended; default none.</param>
/// <param name="onExhausted">What happens then: <see cref="Directive.Stop"/> (default) or <see cref="Directive.Escalate"/>.</param>
public sealed class AllForOneStrategy(
    Func<Exception, Directive> decider,
    int maxRestarts,
    TimeSpan window,
    Backoff? backoff = null,
    Directive onExhausted = Directive.Stop) : SupervisorStrategy(decider, maxRestarts, window, backoff, onExhausted)
{
    internal override bool TreatsAllAlike => true;
}
