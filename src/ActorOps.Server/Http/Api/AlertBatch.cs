namespace ActorOps.Server.Http.Api;

/// <summary>What has become of the alerts of one request.</summary>
internal sealed class AlertBatch
{
    private const int MostListed = 20;
    private List<string>? _unknown;
    private List<string>? _unreadable;

    public int Tripped { get; set; }

    public int Ended { get; set; }

    public int Ignored { get; set; }

    public int Refused { get; set; }

    public int Unlatched { get; set; }

    public IReadOnlyList<string>? Unknown => _unknown;

    public IReadOnlyList<string>? Unreadable => _unreadable;

    /// <summary>True when nothing of it could be read.</summary>
    public bool IsRubbish => _unreadable is not null && Tripped + Ended + Ignored + Refused == 0;

    public void DoesNotKnow(string? sentence)
    {
        if (sentence is not null && (_unknown ??= []).Count < MostListed)
        {
            _unknown.Add(sentence);
        }
    }

    public void CannotRead(int index, string problem)
    {
        if ((_unreadable ??= []).Count < MostListed)
        {
            _unreadable.Add($"alert {index}: {problem}");
        }
    }
}
