using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Tests.Signals;

public class SignalSessionsTests
{
    private readonly SignalSessions _sessions = new(capacityPerPrincipal: 10);

    [Fact]
    public void Sessions_without_end_of_one_principal_forget_its_own_and_never_anothers()
    {
        Count("paper/s", 0, 5);
        for (var i = 0; i < 20_000; i++)
        {
            Count($"other/{i}", 0, 1);
        }

        Assert.Equal(11, _sessions.Count);
        var (progress, _) = _sessions.Begin("paper/s", 0);
        Assert.False(progress.Claim(4));
        Assert.True(progress.Claim(5));
    }

    private void Count(string session, long first, long next)
    {
        var (progress, _) = _sessions.Begin(session, first);
        _sessions.End(session, progress, next);
    }
}
