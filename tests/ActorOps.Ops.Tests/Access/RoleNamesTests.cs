using ActorOps.Ops.Access;

namespace ActorOps.Ops.Tests.Access;

public class RoleNamesTests
{
    [Fact]
    public void Every_role_has_one_name_and_break_glass_is_never_granted()
    {
        Assert.Equal(Enum.GetValues<Role>().Order(), RoleNames.All.Order());
        foreach (var role in RoleNames.All)
        {
            Assert.Equal(role != Role.BreakGlass, RoleNames.TryParseGrantable(role.ToWire(), out var parsed) && parsed == role);
        }
    }

    [Theory]
    [InlineData("operator,risk")]
    [InlineData("Operator")]
    [InlineData(" operator")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_refused(string? text) => Assert.False(RoleNames.TryParseGrantable(text, out _));
}
