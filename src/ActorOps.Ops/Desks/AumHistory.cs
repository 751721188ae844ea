using System.Collections.Immutable;

namespace ActorOps.Ops.Desks;

/// <summary>
/// What every AUM was in the last 30 days, whichever desk has the target now and whether or not it is still registered: to take a target away and bring it back under
/// the same name is not a new beginning.
/// </summary>
internal sealed record AumHistory
{
    /// <summary>How far back a raise is measured.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(30);

    /// <summary>Changes of one figure that are told apart; older ones are joined into their lowest.</summary>
    private const int MostFigures = 64;

    private ImmutableDictionary<string, ImmutableArray<AumFigure>> Figures { get; init; } = ImmutableDictionary<string, ImmutableArray<AumFigure>>.Empty;

    /// <summary>Nothing was ever registered.</summary>
    public static AumHistory Empty { get; } = new();

    /// <summary>Takes in what is in force of a desk from a moment on.</summary>
    public AumHistory With(Desk desk, DateTimeOffset at)
    {
        var figures = Figures.ToBuilder();
        foreach (var (key, value) in Of(desk))
        {
            var known = figures.GetValueOrDefault(key, []);
            if (known.Length == 0 || known[^1].Value != value)
            {
                figures[key] = Trim(known.Add(new AumFigure(at, value)), at);
            }
        }

        return this with { Figures = figures.ToImmutable() };
    }

    /// <summary>The figure that was in force last; null: there never was one.</summary>
    public decimal? Latest(string key) => Figures.TryGetValue(key, out var known) ? known[^1].Value : null;

    /// <summary>The lowest that was in force in the 30 days before a moment; null: there never was one.</summary>
    public decimal? Lowest(string key, DateTimeOffset now)
    {
        if (!Figures.TryGetValue(key, out var known))
        {
            return null;
        }

        var lowest = known[^1].Value;
        for (var i = known.Length - 2; i >= 0 && known[i + 1].At > now - Span; i--)
        {
            lowest = Math.Min(lowest, known[i].Value);
        }

        return lowest;
    }

    /// <summary>Every figure of a desk that is the base of a limit, by the name of what it belongs to.</summary>
    public static IEnumerable<(string Key, decimal Value)> Of(Desk desk) =>
    [
        (KeyOf("desk", desk.Id), desk.Aum),
        .. desk.Accounts.Select(account => (KeyOf("account", account.Id), account.Aum)),
        .. desk.Strategies.Select(strategy => (KeyOf("strategy", strategy.Id), strategy.Aum)),
        .. desk.Accounts.GroupBy(account => account.Broker).Select(broker => (KeyOf("broker", broker.Key), broker.Sum(account => account.Aum))),
    ];

    /// <summary>Name of a figure.</summary>
    public static string KeyOf(string kind, string id) => $"{kind}/{id}";

    private static ImmutableArray<AumFigure> Trim(ImmutableArray<AumFigure> known, DateTimeOffset now)
    {
        while (known.Length > 1 && known[1].At <= now - Span)
        {
            known = known.RemoveAt(0);
        }

        return known.Length <= MostFigures ? known : known.RemoveAt(0).SetItem(0, known[0] with { Value = Math.Min(known[0].Value, known[1].Value) });
    }
}
