namespace ActorOps.Server.Http.Quotas;

/// <summary>An amount that is shared: so much in all, and so much for each owner.</summary>
internal sealed class OwnerBudget(long most, long mostPerOwner)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);
    private long _all;

    /// <summary>Taken by everybody now.</summary>
    public long Taken
    {
        get
        {
            lock (_lock)
            {
                return _all;
            }
        }
    }

    /// <summary>Takes a part until what is returned is disposed; null when there is not so much left.</summary>
    /// <param name="owner">Who it is for.</param>
    /// <param name="amount">How much.</param>
    /// <param name="isOwn">True when the owner's own bound refuses it; false when it is everybody's.</param>
    public IDisposable? TryTake(string owner, long amount, out bool isOwn)
    {
        lock (_lock)
        {
            var own = _taken.GetValueOrDefault(owner);
            isOwn = own + amount > mostPerOwner;
            if (isOwn || _all + amount > most)
            {
                return null;
            }

            _taken[owner] = own + amount;
            _all += amount;
            return new Part(this, owner, amount);
        }
    }

    private void Give(string owner, long amount)
    {
        lock (_lock)
        {
            _all -= amount;
            if ((_taken[owner] -= amount) == 0)
            {
                _taken.Remove(owner);
            }
        }
    }

    private sealed class Part(OwnerBudget budget, string owner, long amount) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
            {
                budget.Give(owner, amount);
            }
        }
    }
}
