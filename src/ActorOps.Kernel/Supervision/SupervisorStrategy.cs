using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Supervision;

/// <summary>A parent's rule for failed children. Immutable and shared.</summary>
public abstract class SupervisorStrategy
{
    private protected SupervisorStrategy(Func<Exception, Directive> decider, int maxRestarts, TimeSpan window, Backoff? backoff, Directive onExhausted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRestarts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        if (onExhausted is not (Directive.Stop or Directive.Escalate))
        {
            throw new ArgumentOutOfRangeException(nameof(onExhausted), onExhausted, "Restarts that are used up end in Stop or Escalate.");
        }

        (Decider, MaxRestarts, Window, Backoff, OnExhausted) = (decider, maxRestarts, window, backoff ?? Backoff.None, onExhausted);
    }

    /// <summary>Each child on its own: restart at once, at most 10 times a minute, then stop.</summary>
    public static SupervisorStrategy Default { get; } = new OneForOneStrategy(static _ => Directive.Restart, 10, TimeSpan.FromMinutes(1));

    /// <summary>Each child on its own: stop.</summary>
    public static SupervisorStrategy Stopping { get; } = new OneForOneStrategy(static _ => Directive.Stop, 0, TimeSpan.FromMinutes(1));

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

    /// <summary>Called on the supervisor's own turn with the failed child when restarts are used up, before the directive takes effect.</summary>
    public Action<ActorRef, Exception>? Exhausted { get; init; }

    /// <summary>True: one child's restart or stop is every child's, and all share one count of restarts.</summary>
    internal abstract bool TreatsAllAlike { get; }
}
