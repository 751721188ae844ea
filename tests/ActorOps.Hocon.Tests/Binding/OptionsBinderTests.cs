using System.ComponentModel.DataAnnotations;
using ActorOps.Hocon.Binding;
using Microsoft.Extensions.Configuration;

namespace ActorOps.Hocon.Tests.Binding;

public class OptionsBinderTests
{
    [Fact]
    public void Every_kind_of_value_is_read_in_kebab_case()
    {
        var (options, errors) = Bind("o { max-wait = 5s, count = 3, share = 0.25, money = 1.10, on = yes, names = [a, b], empty = [], maybe = null, parts { x {}, y { count = 2 } } }");
        Assert.Empty(errors);
        Assert.Equal((TimeSpan.FromSeconds(5), 3, 0.25, 1.10m, true), (options.MaxWait, options.Count, options.Share, options.Money, options.On));
        Assert.Equal(["a", "b"], options.Names);
        Assert.Empty(options.Empty);
        Assert.Null(options.Maybe);
        Assert.Equal((0, 2), (options.Parts["x"].Count, options.Parts["y"].Count));
    }

    [Theory]
    [InlineData("o.cuont = 1", "did you mean 'count'")]
    [InlineData("o.zzzzzz = 1", "known here")]
    [InlineData("o.count = many", "expected an integer")]
    [InlineData("o.count = 11", "outside 0 to 10")]
    [InlineData("o.max-wait = -1s", "negative")]
    [InlineData("o.max-wait = { a = 1 }", "expected a duration")]
    [InlineData("o.on = maybe", "true or false")]
    [InlineData("o.parts = 5", "o.parts")]
    [InlineData("o.parts.x = 5", "expected an object")]
    [InlineData("o.names = a", "expected a list")]
    [InlineData("o.share = NaN", "expected a number")]
    public void An_error_names_its_key_its_place_and_what_was_expected(string text, string expected)
    {
        var error = Assert.Single(Bind(text).Errors);
        Assert.StartsWith("test.conf:1:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_come_at_once() => Assert.Equal(3, Bind("o { count = x, on = y, nope = z }").Errors.Count);

    private static (TestOptions Options, IReadOnlyList<BindingError> Errors) Bind(string text)
    {
        var provider = new HoconConfigurationProvider(new HoconConfigurationSource { Layers = [("test.conf", text)] });
        using var root = new ConfigurationRoot([provider]);
        var binder = new OptionsBinder(provider.Positions);
        return (binder.Bind<TestOptions>(root.GetSection("o")), binder.Errors);
    }

    public sealed class TestOptions
    {
        public TimeSpan MaxWait { get; init; }

        [Range(0, 10)]
        public int Count { get; init; }

        public double Share { get; init; }

        public decimal Money { get; init; }

        public bool On { get; init; }

        public int? Maybe { get; init; }

        public List<string> Names { get; init; } = [];

        public List<string> Empty { get; init; } = ["default"];

        public Dictionary<string, TestOptions> Parts { get; init; } = [];
    }
}
