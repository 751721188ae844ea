namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>A test on a recorded market day.</summary>
public sealed class TicksFactAttribute : FactAttribute
{
    public TicksFactAttribute()
    {
        if (Path is null)
        {
            Skip = "needs ACTOROPS_TEST_TICKS, a file of ticks";
        }
    }

    public static string? Path => Environment.GetEnvironmentVariable("ACTOROPS_TEST_TICKS") is { } path && File.Exists(path) ? path : null;
}
