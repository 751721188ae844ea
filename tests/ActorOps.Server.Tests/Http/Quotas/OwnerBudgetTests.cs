using ActorOps.Server.Http.Quotas;

namespace ActorOps.Server.Tests.Http.Quotas;

public class OwnerBudgetTests
{
    private readonly OwnerBudget _budget = new(most: 10, mostPerOwner: 6);

    [Fact]
    public void Each_owner_has_its_bound_and_all_together_have_theirs()
    {
        using var a = _budget.TryTake("a", 6, out _);
        Assert.NotNull(a);
        Assert.Null(_budget.TryTake("a", 1, out var isOwn));
        Assert.True(isOwn);
        using var b = _budget.TryTake("b", 4, out _);
        Assert.NotNull(b);
        Assert.Null(_budget.TryTake("c", 1, out isOwn));
        Assert.False(isOwn);
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again_and_is_given_back_once()
    {
        var part = _budget.TryTake("a", 6, out _)!;
        part.Dispose();
        part.Dispose();
        Assert.Equal(0, _budget.Taken);
        using var again = _budget.TryTake("a", 6, out _);
        Assert.NotNull(again);
    }
}
