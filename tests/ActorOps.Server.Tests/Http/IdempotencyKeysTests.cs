using ActorOps.Ops.Access;
using ActorOps.Server.Http;
using Microsoft.AspNetCore.Http;

namespace ActorOps.Server.Tests.Http;

public class IdempotencyKeysTests
{
    private static readonly Principal Desk = new("desk", "d", [Role.Desk], "h", DateTimeOffset.UnixEpoch);
    private static readonly Principal Admin = new("admin", "a", [Role.Admin], "i", DateTimeOffset.UnixEpoch);
    private readonly IdempotencyKeys _keys = new(mostPerPrincipal: 16);
    private int _runs;

    [Fact]
    public async Task Keys_of_one_principal_push_out_its_own_and_never_anothers()
    {
        await Run(Admin, "first");
        for (var i = 0; i < 1000; i++)
        {
            await Run(Desk, $"key-{i}");
        }

        Assert.Equal(17, _keys.Count);
        var runs = _runs;
        await Run(Admin, "first");
        await Run(Desk, "key-999");
        Assert.Equal(runs, _runs);
        await Run(Desk, "key-0");
        Assert.Equal(runs + 1, _runs);
    }

    [Fact]
    public async Task A_running_one_is_never_pushed_out()
    {
        var end = new TaskCompletionSource<(IResult, bool)>();
        var running = Enumerable.Range(0, 16).Select(i => _keys.RunAsync(Context($"r-{i}"), Desk, "b", () => end.Task)).ToList();
        Assert.Equal(429, Assert.IsAssignableFrom<IStatusCodeHttpResult>(await Run(Desk, "one-more")).StatusCode);
        end.SetResult((Results.Ok(), false));
        await Task.WhenAll(running);
        Assert.Equal(0, _keys.Count);
    }

    [Fact]
    public async Task Refusals_are_not_kept()
    {
        await _keys.RunAsync(Context("k"), Desk, "b", () => Task.FromResult<(IResult, bool)>((Results.BadRequest(), false)));
        Assert.Equal(0, _keys.Count);
    }

    private Task<IResult> Run(Principal principal, string key) => _keys.RunAsync(Context(key), principal, "body", () =>
    {
        _runs++;
        return Task.FromResult<(IResult, bool)>((Results.Ok(), true));
    });

    private static DefaultHttpContext Context(string key) => new() { Request = { Path = "/x", Headers = { ["Idempotency-Key"] = key } } };
}
