namespace ActorOps.Hocon.Tests;

public class EnvironmentOverridesTests
{
    [Fact]
    public void Underscores_become_dots_dashes_and_underscores()
    {
        var text = EnvironmentOverrides.ToHocon([new("CONFIG_FORCE_a_b__c___d", "x \"y\""), new("HOME", "/root")]);
        var root = HoconDocument.Parse(text, "environment");
        var a = Assert.IsType<HoconObject>(root.Fields["a"]);
        Assert.Equal("x \"y\"", Assert.IsType<HoconScalar>(a.Fields["b-c_d"]).Text);
        Assert.Single(root.Fields);
    }
}
