using ActorOps.Server.Http.Quotas;

namespace ActorOps.Server.Tests.Http.Quotas;

public class HourlyBudgetTests
{
    [Fact]
    public void Each_owner_has_its_amount_in_each_hour()
    {
        var budget = new HourlyBudget(mostPerHour: 10);
        var now = DateTimeOffset.UnixEpoch;
        Assert.True(budget.TryTake("a", 10, now));
        Assert.False(budget.TryTake("a", 1, now.AddMinutes(59)));
        Assert.True(budget.TryTake("b", 1, now.AddMinutes(59)));
        Assert.True(budget.TryTake("a", 10, now.AddMinutes(60)));
        Assert.False(budget.TryTake("c", 11, now.AddMinutes(60)));
    }
}
