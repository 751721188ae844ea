using System.Text.RegularExpressions;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Tests.Rules;

/// <summary>One spelling for each rule: in code, configuration and documents.</summary>
public partial class RuleTableTests
{
    [Fact]
    public void Names_table_options_configuration_and_documents_have_the_same_rules()
    {
        var names = typeof(RuleNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order().ToList();
        Assert.Equal(names, RuleTable.All.Select(rule => rule.Name).Order());
        var document = File.ReadAllLines(RepositoryRoot.Find("docs/reference/rules.md"));
        Assert.Equal(names, document.Select(line => DocumentRow().Match(line)).Where(match => match.Success && match.Groups[1].Value != "rule").Select(match => match.Groups[1].Value).Order());
        var reference = File.ReadAllText(RepositoryRoot.Find("hocon/reference.conf"));
        var section = reference[reference.IndexOf("  rules {", StringComparison.Ordinal)..reference.IndexOf("  kill-switch {", StringComparison.Ordinal)];
        Assert.Equal(names, ReferenceRow().Matches(section).Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void Each_rule_reads_its_own_limit()
    {
        var options = TestLimits.Create();
        var limits = typeof(RuleOptions).GetProperties().Where(property => property.PropertyType == typeof(RuleLimit)).ToDictionary(property => property.Name.ToLowerInvariant(), property => (RuleLimit)property.GetValue(options)!);
        Assert.All(RuleTable.All, rule => Assert.Same(limits[rule.Name.Replace("-", string.Empty, StringComparison.Ordinal)], rule.LimitOf(options)));
    }

    [Fact]
    public void Monitors_judge_in_the_direction_of_the_table()
    {
        var options = TestLimits.Create();
        TargetMonitor[] monitors =
        [
            new StrategyMonitor(new(TargetKind.Strategy, "s"), 1e6, options),
            new FeedMonitor(new(TargetKind.Feed, "f"), options),
            new BrokerMonitor(new(TargetKind.Broker, "b"), options),
            new ComponentMonitor(new(TargetKind.Component, "c"), options),
            new ScopeMonitor(new(TargetKind.Scope, "firm"), 1e6, ["s"], options),
        ];
        var rules = monitors.SelectMany(monitor => monitor.Rules).ToList();
        Assert.Equal(RuleTable.All.Select(rule => rule.Name).Order(), rules.Select(rule => rule.Name).Distinct().Order());
        foreach (var rule in rules)
        {
            rule.Observe(rule.Limit.Critical + 1000, 0);
            Assert.Equal(RuleTable.Find(rule.Name)!.AboveIsBad, rule.Level == RuleLevel.Critical);
        }
    }

    [GeneratedRegex(@"^\| ([a-z-]+) \|")]
    private static partial Regex DocumentRow();

    [GeneratedRegex(@"^    ([a-z-]+) \{", RegexOptions.Multiline)]
    private static partial Regex ReferenceRow();
}
