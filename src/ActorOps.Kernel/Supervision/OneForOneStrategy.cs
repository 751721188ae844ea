namespace ActorOps.Kernel.Supervision;

/// <summary>Each child on its own: the directive is for the child that failed, and each child has its own count of restarts.</summary>
/// <param name="decider">Directive for an exception; an exception of its own fails the supervisor.</param>
/// <param name="maxRestarts">Restarts of a child allowed within <paramref name="window"/>, 0 or more; one more exhausts them.</param>
/// <param name="window">Sliding window of the count.</param>
/// <param name="backoff">Wait before each restart; default none.</param>
/// <param name="onExhausted">What happens then: <see cref="Directive.Stop"/> (default) or <see cref="Directive.Escalate"/>.</param>
public sealed class OneForOneStrategy(
    Func<Exception, Directive> decider,
    int maxRestarts,
    TimeSpan window,
    Backoff? backoff = null,
    Directive onExhausted = Directive.Stop) : SupervisorStrategy(decider, maxRestarts, window, backoff, onExhausted)
{
    internal override bool TreatsAllAlike => false;
}
