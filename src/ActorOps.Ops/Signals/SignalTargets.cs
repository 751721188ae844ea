using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Signals;

/// <summary>Every target by kind and name; replaced as a whole when the registry changes.</summary>
internal sealed class SignalTargets
{
    private readonly Utf8Index<SignalTarget>[] _byKind;
    private readonly Utf8Index<SignalTarget> _byModel;
    private readonly Utf8Index<string> _accounts;

    public SignalTargets(IReadOnlyCollection<SignalTarget> targets, IEnumerable<Desk> desks)
    {
        _byKind = [.. Enum.GetValues<TargetKind>().Select(kind => new Utf8Index<SignalTarget>(targets.Where(target => target.Id.Kind == kind).Select(target => (target.Id.Id, target))))];
        var all = desks.ToList();
        _shardsHere = [.. targets.Where(target => target.Inbox is not null).Select(target => target.Shard)];
        var strategies = targets.Where(target => target.Id.Kind == TargetKind.Strategy).ToDictionary(target => target.Id.Id);
        _byModel = new(all.SelectMany(desk => desk.Strategies)
            .Where(strategy => strategy.Model is not null && strategies.ContainsKey(strategy.Id))
            .GroupBy(strategy => strategy.Model!)
            .Select(group => (group.Key, strategies[group.First().Id])));
        _accounts = new(all.SelectMany(desk => desk.Accounts.Select(account => (account.Id, desk.Id))));
        All = targets;
    }

    private readonly HashSet<string> _shardsHere;

    /// <summary>True when a shard's targets are supervised on this node.</summary>
    public bool HasShard(string shard) => _shardsHere.Contains(shard);

    public static SignalTargets Empty { get; } = new([], []);

    public IReadOnlyCollection<SignalTarget> All { get; }

    public SignalTarget? Find(TargetKind kind, ReadOnlySpan<byte> id) => _byKind[(int)kind].Find(id);

    public SignalTarget? FindByModel(ReadOnlySpan<byte> model) => _byModel.Find(model);

    public string? DeskOfAccount(ReadOnlySpan<byte> account) => _accounts.Find(account);
}
