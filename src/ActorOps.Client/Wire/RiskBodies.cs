namespace ActorOps.Client.Wire;

/// <summary>A shadow run of the fixed system.</summary>
public sealed record ShadowBody(DateTimeOffset From, DateTimeOffset Until, decimal Pnl, double SlippageRatio);

/// <summary>Vouches for an item of a reset's checklist.</summary>
public sealed record SignatureBody(string Item, string Statement);

/// <summary>Asks for a change that adds risk: an <c>override</c> of a hold (subject: scope, argument: cause), or <c>limits</c> (subject: hash).</summary>
public sealed record ChangeBody(string Kind, string Subject, string Reason)
{
    /// <summary>The cause of the hold that an override is about.</summary>
    public string? Argument { get; init; }

    /// <summary>How long an override is in force.</summary>
    public long? LifeMs { get; init; }
}

/// <summary>Begins the emergency procedure. <see cref="Confirm"/> repeats the scope where positions are to be closed.</summary>
public sealed record EmergencyBody(string Scope, string? Reason = null)
{
    /// <summary>Close positions too, once another person has approved that.</summary>
    public bool Flatten { get; init; }

    /// <summary>Disable automatic restarts of what was stopped.</summary>
    public bool Shutdown { get; init; }

    /// <summary>The scope once more, typed.</summary>
    public string? Confirm { get; init; }

    /// <summary>Only say what it would do.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Begins a rollback.</summary>
public sealed record RollbackBody(string? Scope = null, string? Reason = null)
{
    /// <summary>Version to go back to; absent: the last one known to be good.</summary>
    public string? TargetVersion { get; init; }

    /// <summary>Only say what it would do.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Gives the caller one-time codes.</summary>
public sealed record CodeBody;

/// <summary>What an authenticator needs, shown once.</summary>
public sealed record CodeAnswer(string Name, string Uri);
