namespace ActorOps.Hocon.Tests;

public class HoconDocumentTests
{
    [Theory]
    [InlineData("a = {\n  b = 1 2\n  c = x?y\n}", 3, 8, "quoted")]
    [InlineData("a = 1\nb = \"x", 2, 7, "closing")]
    [InlineData("a = 1\n\n  b = ${c}", 3, 7, "not defined")]
    [InlineData("a = ${b}\nb = ${a}", 2, 5, "cycle")]
    [InlineData("include url(\"http://x\")", 1, 9, "not supported")]
    [InlineData("include classpath(\"x\")", 1, 9, "not supported")]
    [InlineData("include \"x.properties\"", 1, 9, "not supported")]
    [InlineData("include required(\"nowhere.conf\")", 1, 9, "does not exist")]
    [InlineData("a = { b = 1", 1, 12, "'}'")]
    public void An_error_names_line_column_and_what_was_expected(string text, int line, int column, string expected)
    {
        var error = Assert.Throws<HoconException>(() => HoconDocument.Parse(text, "test.conf"));
        Assert.Equal((line, column), (error.Position.Line, error.Position.Column));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"test.conf:{line}:{column}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_included_substitution_is_tried_below_the_including_key_first()
    {
        var files = new Dictionary<string, string> { ["dir/inner.conf"] = "x = ${y}\ny = 1\nz = ${outer}" };
        var root = HoconDocument.Parse("outer = 7\na { include \"inner.conf\" }\na.y = 2", "dir/main.conf", Reading(files));
        Assert.Equal("2", Text(root, "a", "x"));
        Assert.Equal("7", Text(root, "a", "z"));
    }

    [Fact]
    public void A_missing_include_is_empty_and_a_file_that_includes_itself_is_an_error()
    {
        Assert.Empty(HoconDocument.Parse("include \"nowhere\"", "main.conf", Reading([])).Fields);
        var loop = new Dictionary<string, string> { ["loop.conf"] = "include \"loop.conf\"" };
        var error = Assert.Throws<HoconException>(() => HoconDocument.Parse("include \"loop.conf\"", "main.conf", Reading(loop)));
        Assert.Contains("include itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_layer_stands_over_an_earlier_one()
    {
        var root = HoconDocument.Resolve([("reference", "a { b = 1, c = ${a.b} }"), ("application", "a.b = 2")]);
        Assert.Equal("2", Text(root, "a", "c"));
    }

    [Fact]
    public void The_environment_stands_in_for_what_is_not_defined_only_when_asked_for()
    {
        var options = new HoconReadOptions { Environment = name => name == "HOME" ? "/root" : null };
        Assert.Equal("/root/x", Text(HoconDocument.Parse("a = ${HOME}/x", "t", options), "a"));
        Assert.Throws<HoconException>(() => HoconDocument.Parse("a = ${HOME}", "t"));
    }

    [Fact]
    public void Ten_thousand_braces_are_an_error_and_not_a_crash() =>
        Assert.Throws<HoconException>(() => HoconDocument.Parse("a = " + new string('{', 10_000), "t"));

    private static HoconReadOptions Reading(Dictionary<string, string> files) => new() { ReadFile = path => files.GetValueOrDefault(path) };

    private static string Text(HoconObject root, params string[] path)
    {
        HoconValue value = root;
        foreach (var key in path)
        {
            value = ((HoconObject)value).Fields[key];
        }

        return ((HoconScalar)value).Text;
    }
}
