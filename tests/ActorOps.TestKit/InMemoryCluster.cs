using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit;

/// <summary>Membership and grants in memory, with the contracts of the engines and faults on demand: for tests of what builds on them.</summary>
public sealed class InMemoryCluster(TimeProvider time, string name = "test") : IMembershipTable, ILeaseStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Row> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cutOff = [];

    public long Generation { get; set; } = 1;

    /// <summary>Every grant that was ever given, in order.</summary>
    public List<(string Name, long Epoch, NodeKey Holder)> History { get; } = [];

    /// <summary>Calls for these nodes have no answer. Other calls of the same node's process cannot be told apart and go through.</summary>
    public void CutOff(string node, bool cut)
    {
        lock (_lock)
        {
            _ = cut ? _cutOff.Add(node) : _cutOff.Remove(node);
        }
    }

    public ValueTask<JoinResult> JoinAsync(JoinRequest request, CancellationToken cancellation = default) => Run<JoinResult>(request.Node, () =>
    {
        if (request.Cluster != name)
        {
            return new JoinResult.Refused("wrong-cluster", "another cluster");
        }

        var decision = JoinDecision.Decide(request, _nodes.TryGetValue(request.Node, out var row) ? row.Life(Now) : null, View().Members);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }

        var key = new NodeKey(request.Node, decision.Incarnation);
        if (decision.Ends is not null)
        {
            End(_nodes[request.Node]);
        }

        if (!decision.IsRepeat)
        {
            _nodes[request.Node] = new Row { Key = key, Request = request, RenewedAt = Now };
        }

        return new JoinResult.Joined(key, View());
    });

    public RenewResult Renew(NodeKey key) => Run<RenewResult>(key.Node, () =>
    {
        if (Find(key) is not { } row || !row.State.IsAlive())
        {
            return new RenewResult.Fenced($"{key} is over, the store has {_nodes.GetValueOrDefault(key.Node)?.Key}.");
        }

        row.Beats++;
        row.RenewedAt = Now;
        return new RenewResult.Renewed(View());
    }).AsTask().GetAwaiter().GetResult();

    public ValueTask<bool> MoveAsync(NodeKey key, MemberState from, MemberState to, CancellationToken cancellation = default) => Run(key.Node, () =>
    {
        if (Find(key) is not { } row || row.State != from || (to == MemberState.Removed && _grants.Values.Any(grant => grant.Holder == key)))
        {
            return false;
        }

        row.State = to;
        return true;
    });

    public ValueTask<EvictResult> EvictAsync(NodeKey key, long observedBeats, bool proven = false, CancellationToken cancellation = default) => Run(string.Empty, () =>
    {
        var row = Find(key);
        if (row is null || row.Life(Now).Forbids(key, observedBeats, proven) is not null)
        {
            return row?.Life(Now).Forbids(key, observedBeats, proven) ?? EvictResult.Gone;
        }

        End(row);
        return EvictResult.Evicted;
    });

    public ValueTask<bool> SetWeightAsync(NodeKey key, double weight, CancellationToken cancellation = default) => Run(key.Node, () =>
    {
        if (Find(key) is not { } row || !row.State.IsAlive())
        {
            return false;
        }

        row.Weight = weight;
        return true;
    });

    ValueTask<ClusterView> IMembershipTable.ReadAsync(CancellationToken cancellation) => Run(string.Empty, View);

    /// <summary>As if a standby had taken over: who holds what is as before, under another generation.</summary>
    public void Promote()
    {
        lock (_lock)
        {
            Generation++;
            foreach (var grant in _grants.Values.ToList())
            {
                _grants[grant.Name] = grant with { Epoch = Epochs.Combine(Generation, Epochs.EpochOf(grant.Epoch)) };
            }
        }
    }

    public async ValueTask<AcquireResult> AcquireAsync(string name, NodeKey node, CancellationToken cancellation = default)
    {
        try
        {
            return await Run<AcquireResult>(node.Node, () =>
            {
                var grant = _grants.GetValueOrDefault(name) ?? new Grant(name, Epochs.Combine(Generation, 0), GrantPhase.Free, null, null);
                if (grant.Holder == node && grant.Phase == GrantPhase.Active)
                {
                    return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch));
                }

                if (grant.Phase != GrantPhase.Free || Find(node)?.State != MemberState.Up)
                {
                    return new AcquireResult.HeldBy(grant);
                }

                _grants[name] = grant = new Grant(name, grant.Epoch + 1, GrantPhase.Active, node, null);
                History.Add((name, grant.Epoch, node));
                return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch));
            });
        }
        catch (JournalUnavailableException reason)
        {
            return new AcquireResult.Unknown(reason);
        }
    }

    public ValueTask<bool> DrainAsync(FencingToken token, string desiredNode, CancellationToken cancellation = default) =>
        Change(token, grant => grant with { Phase = GrantPhase.Draining, Desired = desiredNode });

    public ValueTask<bool> ReleaseAsync(FencingToken token, CancellationToken cancellation = default) =>
        Change(token, grant => grant with { Phase = GrantPhase.Free, Holder = null });

    ValueTask<IReadOnlyList<Grant>> ILeaseStore.ReadAsync(CancellationToken cancellation) => Run<IReadOnlyList<Grant>>(string.Empty, () => [.. _grants.Values]);

    /// <summary>True when the token may write: what a journal would check.</summary>
    public bool IsGood(FencingToken token)
    {
        lock (_lock)
        {
            return _grants.TryGetValue(token.Grant, out var grant) && grant.Epoch == token.Epoch && grant.Phase != GrantPhase.Free;
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private ValueTask<bool> Change(FencingToken token, Func<Grant, Grant> change) => Run(string.Empty, () =>
    {
        if (!_grants.TryGetValue(token.Grant, out var grant) || grant.Epoch != token.Epoch || grant.Phase == GrantPhase.Free)
        {
            return false;
        }

        _grants[token.Grant] = change(grant);
        return true;
    });

    private ValueTask<T> Run<T>(string caller, Func<T> work)
    {
        lock (_lock)
        {
            return _cutOff.Contains(caller) ? ValueTask.FromException<T>(new JournalUnavailableException("cut off")) : new ValueTask<T>(work());
        }
    }

    private Row? Find(NodeKey key) => _nodes.TryGetValue(key.Node, out var row) && row.Key == key ? row : null;

    private void End(Row row)
    {
        row.State = MemberState.Down;
        foreach (var grant in _grants.Values.Where(grant => grant.Holder == row.Key).ToList())
        {
            _grants[grant.Name] = grant with { Phase = GrantPhase.Free, Holder = null, Desired = null };
        }
    }

    private ClusterView View() => new(Guid.Empty, Generation, [.. _nodes.Values.Select(row => row.Member(Now))], [.. _grants.Values]);

    private sealed class Row
    {
        public required NodeKey Key { get; init; }

        public required JoinRequest Request { get; init; }

        public MemberState State { get; set; } = MemberState.Joining;

        public double? Weight { get; set; }

        public long Beats { get; set; }

        public DateTimeOffset RenewedAt { get; set; }

        public NodeLife Life(DateTimeOffset now) => new(State, Key.Incarnation, Request.Session, Beats, now >= RenewedAt + Request.Ttl);

        public Member Member(DateTimeOffset now) => new(Key, State, Request.Description with { Weight = Weight ?? Request.Description.Weight }, Beats, Request.Ttl, now - RenewedAt, now >= RenewedAt + Request.Ttl);
    }
}
