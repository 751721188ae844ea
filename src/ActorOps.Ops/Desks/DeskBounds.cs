using System.Globalization;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Desks;

/// <summary>Bounds of what a desk says in numbers, and of the texts beside its ids.</summary>
public static class DeskBounds
{
    /// <summary>Smallest AUM, base currency.</summary>
    public const decimal LeastAum = 1m;

    /// <summary>Largest AUM, base currency: a million million.</summary>
    public const decimal MostAum = 1_000_000_000_000m;

    private const int LongestModel = 100;

    /// <summary>Every field that is out of its bounds; empty when none is.</summary>
    public static IReadOnlyList<DeskProblem> Problems(Desk desk) =>
    [
        .. Aum("/aum", $"desk '{desk.Id}'", desk.Aum),
        .. desk.Accounts.SelectMany((account, i) => Aum($"/accounts/{i}/aum", $"account '{account.Id}'", account.Aum)),
        .. desk.Strategies.SelectMany((strategy, i) => Aum($"/strategies/{i}/aum", $"strategy '{strategy.Id}'", strategy.Aum)),
        .. desk.BaseCurrency is { Length: >= 3 and <= 10 } currency && currency.All(char.IsAsciiLetterOrDigit)
            ? (IEnumerable<DeskProblem>)[]
            : [new("/baseCurrency", $"'{SafeText.Clean(desk.BaseCurrency, 20)}' is not a currency: use 3 to 10 letters or digits, such as USD")],
        .. desk.Strategies.SelectMany((strategy, i) => strategy.Model is { } model && (model.Length is 0 or > LongestModel || model.Any(char.IsControl))
            ? (IEnumerable<DeskProblem>)[new($"/strategies/{i}/model", $"a model has a name of 1 to {LongestModel} characters without control characters")]
            : []),
    ];

    private static IEnumerable<DeskProblem> Aum(string pointer, string whose, decimal aum) => aum is >= LeastAum and <= MostAum
        ? []
        : [new(pointer, string.Create(CultureInfo.InvariantCulture, $"aum of {SafeText.Clean(whose, 120)} is {aum}, and must be from 1 to 1,000,000,000,000 (1e12) in the base currency: it is the base of percentage limits"))];
}
