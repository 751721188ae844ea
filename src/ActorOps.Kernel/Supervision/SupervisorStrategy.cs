using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Supervision;

/// <summary>A parent's rule for failed children, each on its own (one for one). Immutable and shared.</summary>
public sealed class SupervisorStrategy
{
    /// <summary>A rule.</summary>
    /// <param name="decider">Directive for an exception; an exception of its own fails the supervisor.</param>
    /// <param name="maxRestarts">Restarts allowed within <paramref name="window"/>, 0 or more; one more exhausts them.</param>
    /// <param name="window">Sliding window of the count.</param>
    /// <param name="backoff">Wait before each restart; it starts over once a child went a whole window without failing.</param>
    /// <param name="onExhausted">What happens then: <see cref="Directive.Stop"/> (default) or <see cref="Directive.Escalate"/>.</param>
    public SupervisorStrategy(
        Func<Exception, Directive> decider,
        int maxRestarts,
        TimeSpan window,
        Backoff? backoff = null,
        Directive onExhausted = Directive.Stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRestarts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        (Decider, MaxRestarts, Window, Backoff, OnExhausted) = (decider, maxRestarts, window, backoff ?? Backoff.None, onExhausted);
    }

    /// <summary>Restart at once, at most 10 times a minute, then stop.</summary>
    public static SupervisorStrategy Default { get; } = new(static _ => Directive.Restart, 10, TimeSpan.FromMinutes(1));

    /// <summary>Directive for an exception.</summary>
    public Func<Exception, Directive> Decider { get; }

    /// <summary>Restarts allowed within <see cref="Window"/>.</summary>
    public int MaxRestarts { get; }

    /// <summary>Sliding window of the restart count.</summary>
    public TimeSpan Window { get; }

    /// <summary>Wait before each restart.</summary>
    public Backoff Backoff { get; }

    /// <summary>Directive once the restarts are used up.</summary>
    public Directive OnExhausted { get; }

    /// <summary>Called on the supervisor's own turn when a child's restarts are used up, before the directive takes effect.</summary>
    public Action<ActorRef, Exception>? Exhausted { get; init; }
}
