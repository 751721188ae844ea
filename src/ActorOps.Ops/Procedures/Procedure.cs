using System.Text.Json.Serialization;
using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Procedures;

/// <summary>A run of several steps that is finished whatever happens to the node that began it.</summary>
/// <param name="ProcedureId">Unique; keys of its effects are made of it.</param>
/// <param name="Kind"><c>emergency</c> or <c>rollback</c>.</param>
/// <param name="Scope">Where.</param>
/// <param name="Reason">Why.</param>
/// <param name="Principal">Who began it.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="StartedAt">When.</param>
public sealed record Procedure(
    Guid ProcedureId,
    string Kind,
    [property: JsonConverter(typeof(ScopeJsonConverter))] Scope Scope,
    string Reason,
    string Principal,
    string Person,
    DateTimeOffset StartedAt)
{
    /// <summary>What else it was told.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Its steps, in order.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init => field = value ?? []; } = [];

    /// <summary>Orders and positions before and after, as last seen.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>How it ended: DONE, PARTIAL, or for an emergency a word of <see cref="CertificateOutcome"/>; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The outcome with what was seen at the brokers, in one sentence; null while it runs.</summary>
    [JsonIgnore]
    public string? Summary => Outcome is null || Certificate is null ? Outcome : Certificate.Outcome == Outcome ? Certificate.Summary : $"{Outcome}; at the brokers: {Certificate.Summary}";

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A step by name.</summary>
    public StepRecord Step(string name) => Steps.First(step => step.Name == name);

    internal string? Argument(string name) => Arguments.GetValueOrDefault(name);

    internal Procedure With(string step, Func<StepRecord, StepRecord> change) => this with { Steps = [.. Steps.Select(known => known.Name == step ? change(known) : known)] };
}
