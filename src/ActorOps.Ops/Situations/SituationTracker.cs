namespace ActorOps.Ops.Situations;

/// <summary>Keeps since when each finding and the situation itself have been as they are. Any thread may observe.</summary>
public sealed class SituationTracker
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private string? _state;
    private DateTimeOffset _changedAt;

    /// <summary>Called, outside the lock, when the word has changed: the one before, and the new situation.</summary>
    public Action<string, Situation>? Changed { get; set; }

    /// <summary>Judges the facts and dates what has no date of its own by when it was first seen.</summary>
    public Situation Observe(SituationFacts facts)
    {
        Situation dated;
        string? before;
        lock (_lock)
        {
            before = _state;
            dated = Date(SituationRules.Judge(facts), facts.Now);
        }

        if (before is not null && before != dated.State)
        {
            Changed?.Invoke(before, dated);
        }

        return dated;
    }

    private Situation Date(Situation judged, DateTimeOffset now)
    {
        List<Finding> findings = [.. judged.Findings.Select(finding => finding with { Since = finding.Since ?? _since.GetValueOrDefault(finding.Key, now) })];
        _since.Clear();
        foreach (var finding in findings)
        {
            _since[finding.Key] = finding.Since!.Value;
        }

        if (_state != judged.State)
        {
            (_state, _changedAt) = (judged.State, now);
        }

        var worst = findings.Find(finding => finding.Kind != FindingKinds.Drill);
        return judged with { Findings = findings, Since = worst?.Since ?? _changedAt };
    }
}
