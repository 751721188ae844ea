using System.Globalization;

namespace ActorOps.Ops.Rules;

/// <summary>Keeps this node's rules at the limits in force where its configuration asks for looser ones. Rules see a change at their next sample.</summary>
internal sealed class LimitsGuard
{
    private readonly Dictionary<string, (RuleLimit Limit, double Warning, double Critical)> _wanted;

    public LimitsGuard(RuleOptions options)
    {
        Wanted = LimitsTable.Of(options);
        _wanted = typeof(RuleOptions).GetProperties()
            .Where(property => property.PropertyType == typeof(RuleLimit))
            .ToDictionary(property => property.Name, property => Of((RuleLimit)property.GetValue(options)!));
    }

    /// <summary>What the configuration asks for, whatever is in force.</summary>
    public SortedDictionary<string, string> Wanted { get; }

    private static (RuleLimit Limit, double Warning, double Critical) Of(RuleLimit limit) => (limit, limit.Warning, limit.Critical);

    /// <summary>Takes what is in force.</summary>
    public void Apply(LimitsState state)
    {
        foreach (var (name, (limit, warning, critical)) in _wanted)
        {
            limit.Replace(Stricter(state, $"{name}.Warning", warning), Stricter(state, $"{name}.Critical", critical));
        }
    }

    private static double Stricter(LimitsState state, string key, double wanted) =>
        state.Values.TryGetValue(key, out var text) && double.Parse(text, CultureInfo.InvariantCulture) is var inForce && LimitsTable.IsLooser(key, inForce, wanted) ? inForce : wanted;
}
