namespace ActorOps.Server.Http;

/// <summary>Why something was not done, in one form for every door.</summary>
/// <param name="Status">Of an HTTP answer.</param>
/// <param name="Code">Stable name.</param>
/// <param name="Why">In words, with what to do about it.</param>
/// <param name="IsRetryable">True when the same request may succeed later.</param>
internal sealed record Refusal(int Status, string Code, string Why, bool IsRetryable = false)
{
    /// <summary>Field of the body that is at fault; null: none in particular.</summary>
    public string? Pointer { get; init; }

    public IResult ToResult() => Problems.Result(Status, Code, Why, IsRetryable, Pointer is null ? null : [new Client.Wire.ProblemErrorView(Pointer, Why)]);
}
