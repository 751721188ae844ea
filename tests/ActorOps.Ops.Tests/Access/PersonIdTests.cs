using ActorOps.Ops.Access;

namespace ActorOps.Ops.Tests.Access;

public class PersonIdTests
{
    [Theory]
    [InlineData("bob", true)]
    [InlineData("bob-smith.2", true)]
    [InlineData("b", false)]
    [InlineData("Bob", false)]
    [InlineData("bob smith", false)]
    [InlineData("bob ", false)]
    [InlineData("bob\n", false)]
    [InlineData("-bob", false)]
    [InlineData("böb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_id_has_one_form(string? text, bool isValid) => Assert.Equal(isValid, PersonId.IsValid(text));

    [Theory]
    [InlineData("Bob Smith", "bob-smith")]
    [InlineData(" Olga  Op ", "olga-op")]
    [InlineData("Zoë O'Neil", "zo-oneil")]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void A_name_is_answered_with_an_id_to_use(string? text, string? expected) => Assert.Equal(expected, PersonId.Suggest(text));
}
