namespace ActorOps.Client.Wire;

/// <summary>A list; <paramref name="NextCursor"/> is null at its end.</summary>
public sealed record ItemsView<T>(IReadOnlyList<T> Items, string? NextCursor = null);

/// <summary>Overview of a node.</summary>
public sealed record StatusView(NodeView Node, IReadOnlyList<ScopeView> Effective, int Trips, int OpenEscalations, IReadOnlyDictionary<string, int> Verdicts, IReadOnlyList<DeskView> Desks)
{
    /// <summary>How things stand, in one sentence.</summary>
    public SituationView? Situation { get; init; }

    /// <summary>Nodes that take part.</summary>
    public NodesView? Nodes { get; init; }
}

/// <summary>A node.</summary>
public sealed record NodeView(string Id, string Region, string Version, long Incarnation, long UptimeMs, string State);

/// <summary>A desk and whether it is connected.</summary>
public sealed record DeskView(string Desk, string Region, bool Connected, int Strategies);

/// <summary>Health in one word: <c>healthy</c>, <c>degraded</c>, <c>unhealthy</c>, with what is wrong.</summary>
public sealed record HealthView(string Status, IReadOnlyList<string> Problems)
{
    /// <summary>How things stand, in one sentence.</summary>
    public SituationView? Situation { get; init; }
}

/// <summary>A scope's state and cause.</summary>
public sealed record ScopeView(string Scope, string Level, string Cause)
{
    /// <summary>The cause in words.</summary>
    public string? Why { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>A command that a person can type next.</summary>
    public string? Next { get; init; }
}

/// <summary>The kill switch.</summary>
public sealed record KillSwitchView(IReadOnlyList<ScopeView> Effective, IReadOnlyList<TripView> Trips, IReadOnlyList<ResetView> Resets)
{
    /// <summary>Changes that add risk, asked for or in force.</summary>
    public IReadOnlyList<ChangeView> Changes { get; init => field = value ?? []; } = [];
}

/// <summary>A standing trip.</summary>
public sealed record TripView(Guid TripId, string Scope, string Level, string Reason, string Source, string By, DateTimeOffset At, string Node)
{
    /// <summary>What it does: a level, or <c>SIZE CAP 50 %</c>.</summary>
    public string? Word { get; init; }

    /// <summary>The person behind <see cref="By"/>.</summary>
    public string? Person { get; init; }

    /// <summary>What it does with what a cap is a share of, such as <c>SIZE CAP 50 % of the normal size</c>.</summary>
    public string? What { get; init; }

    /// <summary>What kind of thing raised it, such as <c>Person</c>, <c>Rule</c>, <c>Alert</c>, <c>Recovery</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>What caused it.</summary>
    public string? Cause { get; init; }

    /// <summary>Figures behind it.</summary>
    public string? Evidence { get; init; }

    /// <summary>Size cap, share of AUM.</summary>
    public double? MaxPositionFraction { get; init; }

    /// <summary>Size cap, share of the normal size.</summary>
    public double? SizeFactor { get; init; }

    /// <summary>Step of a recovery.</summary>
    public int? RecoveryStep { get; init; }

    /// <summary>Everything that has asked for it, the first first; past 20 the rest is counted together. Absent until the trip is stored.</summary>
    public IReadOnlyList<TripCauseView>? Causes { get; init; }
}

/// <summary>One of the things behind a trip.</summary>
public sealed record TripCauseView(string Origin, string Source, string? Cause, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Times)
{
    /// <summary>When it was last said to have ended, as an alert that does not fire any more.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A reset that waits for another person.</summary>
public sealed record ResetView(Guid ResetId, IReadOnlyList<Guid> TripIds, string Reason, string RootCause, string By, string Person, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Proof, if any.</summary>
    public string? Evidence { get; init; }

    /// <summary>Its checklist at the moment of asking; absent in lists.</summary>
    public IReadOnlyList<CheckView>? Checks { get; init; }
}

/// <summary>A supervisor.</summary>
public sealed record SupervisorView(string Kind, string Id, string Verdict, IReadOnlyList<ReasonView> Reasons, long? LastSignalAgeMs, string Node, string Path)
{
    /// <summary>Its node does not answer, or nobody supervises it: nothing is known since then. The age of its last signal is absent.</summary>
    public DateTimeOffset? UnknownSince { get; init; }
}

/// <summary>Why a verdict is not Healthy. Value and threshold in the rule's unit; null when there is none.</summary>
public sealed record ReasonView(string Rule, double? Value, double? Threshold, long WindowMs)
{
    /// <summary>Where the rule stands.</summary>
    public string? Level { get; init; }

    /// <summary>Why it is not evaluated or unknown.</summary>
    public string? Note { get; init; }

    /// <summary>The rule's name in a sentence.</summary>
    public string? Title { get; init; }

    /// <summary>Unit of value and thresholds: <c>%</c>, <c>ms</c>, <c>s</c>, <c>x</c> or <c>gaps</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Warning threshold.</summary>
    public double? Warning { get; init; }

    /// <summary>Critical threshold.</summary>
    public double? Critical { get; init; }

    /// <summary>All of it in words, with units.</summary>
    public string? Text { get; init; }

    /// <summary>The value in words.</summary>
    public string? ValueText { get; init; }

    /// <summary>The warning threshold in words.</summary>
    public string? WarningText { get; init; }

    /// <summary>The critical threshold in words.</summary>
    public string? CriticalText { get; init; }
}

/// <summary>A supervisor with all its rules.</summary>
public sealed record SupervisorDetailView(SupervisorView Supervisor, IReadOnlyList<ReasonView> Rules, int Restarts, long DroppedSignals, long SkewedSignals);

/// <summary>An actor and its children.</summary>
public sealed record ActorView(string Path, string Type, string State, long MailboxDepth, int Restarts, long AgeMs, string? LastFailure, IReadOnlyList<ActorView> Children)
{
    /// <summary>Messages put aside.</summary>
    public int Stashed { get; init; }

    /// <summary>Messages taken from the mailbox since the actor was created.</summary>
    public long Processed { get; init; }

    /// <summary>How long the last sampled message waited in the mailbox.</summary>
    public double LastWaitMs { get; init; }

    /// <summary>How long the message in hand has been in hand, to a tenth of the slow-message threshold; 0 without one.</summary>
    public long HandlingMs { get; init; }
}

/// <summary>A feed.</summary>
public sealed record FeedView(string Feed, string Desk, string? Backup, string InUse, string Verdict, long? LastTickAgeMs)
{
    /// <summary>Nothing is known of it since then; the age of its last tick is absent.</summary>
    public DateTimeOffset? UnknownSince { get; init; }
}

/// <summary>Who is in the cluster.</summary>
public sealed record MemberView(string Node, long Incarnation, string Region, IReadOnlyList<string> Roles, string State, long LastHeartbeatAgeMs)
{
    /// <summary>Where desks and people reach it.</summary>
    public string? Url { get; init; }

    /// <summary>Version of its program.</summary>
    public string? Version { get; init; }

    /// <summary>Share of the shards; 0: drained.</summary>
    public double Weight { get; init; }
}

/// <summary>A cluster as one of its nodes last saw it in the store.</summary>
public sealed record ClusterSummaryView(string Name, Guid StoreId, string Engine, long Generation, string Node, long Incarnation, long TrustLeftMs)
{
    /// <summary>When the trust of the node that answers ended; absent while the store confirms it.</summary>
    public DateTimeOffset? TrustEndedAt { get; init; }

    /// <summary>Nodes by state.</summary>
    public IReadOnlyDictionary<string, int> Members { get; init => field = value ?? new Dictionary<string, int>(); } = new Dictionary<string, int>();

    /// <summary>Singletons.</summary>
    public int Singletons { get; init; }

    /// <summary>Shards.</summary>
    public int Shards { get; init; }

    /// <summary>Singletons and shards that nobody holds.</summary>
    public IReadOnlyList<string> Unheld { get; init => field = value ?? []; } = [];
}

/// <summary>A node's link to another. Silence: time since it last answered, null before the first answer.</summary>
public sealed record LinkView(string Node, long Incarnation, long? SilenceMs, int Waiting, long Refused, string? LastFailure);

/// <summary>Who holds a singleton.</summary>
public sealed record SingletonView(string Name, string Node, long Epoch, string State);

/// <summary>A principal, without its token.</summary>
public sealed record PrincipalView(string Name, string Person, IReadOnlyList<string> Roles, DateTimeOffset ChangedAt, DateTimeOffset? ExpiresAt, string? Desk)
{
    /// <summary>Whether it has one-time codes.</summary>
    public bool HasCode { get; init; }

    /// <summary>How the person is shown; null: by the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The person that granted it.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>The person that agreed; null: it was granted alone.</summary>
    public string? ApprovedBy { get; init; }
}

/// <summary>An escalation.</summary>
public sealed record EscalationView(Guid Id, string Target, string Path, string Severity, string? Rule, string Text, DateTimeOffset At);

/// <summary>One setting in force and where it was written.</summary>
public sealed record ConfigItemView(string Key, string? Value, string From);

/// <summary>Settings in force.</summary>
public sealed record ConfigView(IReadOnlyList<ConfigItemView> Items);

/// <summary>A journalled event.</summary>
public sealed record EventView(string Cursor, string Stream, long SequenceNumber, string Kind, DateTimeOffset At, System.Text.Json.JsonElement Payload);

/// <summary>A backup that was made.</summary>
public sealed record BackupView(string Name, long Bytes, Guid StoreId, long Generation, string Engine, DateTimeOffset At, long Events, long Snapshots, long Messages);

/// <summary>A backup that a node keeps.</summary>
public sealed record BackupFileView(string Name, long Bytes);
