using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit.Conformance;

/// <summary>What every engine's journal promises. Subclass per engine.</summary>
public abstract class JournalConformance : IAsyncLifetime
{
    protected abstract Task<(IJournal Journal, IOutbox Outbox, FencingToken Token)> OpenAsync();

    private IJournal _journal = null!;
    private IOutbox _outbox = null!;
    private FencingToken _token = null!;

    public async Task InitializeAsync() => (_journal, _outbox, _token) = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Events_come_back_in_order_with_all_they_carry()
    {
        var command = Guid.CreateVersion7();
        var request = Request("s", 0, command, "a", "b") with { TraceId = "t", Drill = true };
        Assert.Equal(new AppendResult.Appended(2), await _journal.AppendAsync(request));
        Assert.Equal(new AppendResult.Appended(3), await _journal.AppendAsync(Request("s", 2, Guid.CreateVersion7(), "c")));
        var records = await Read("s", 1);
        Assert.Equal(["a", "b", "c"], records.Select(record => record.Payload));
        Assert.Equal([1, 2, 3], records.Select(record => record.SequenceNumber));
        Assert.Equal((command, 1, "t", true, _token.Epoch), (records[1].CommandId, records[1].Ordinal, records[1].TraceId, records[1].Drill, records[1].Epoch));
        Assert.Equal(["c"], (await Read("s", 3)).Select(record => record.Payload));
    }

    [Fact]
    public async Task A_wrong_expected_sequence_is_a_conflict_and_stores_nothing()
    {
        await _journal.AppendAsync(Request("s", 0, Guid.CreateVersion7(), "a"));
        Assert.Equal(new AppendResult.Conflict(1), await _journal.AppendAsync(Request("s", 0, Guid.CreateVersion7(), "b")));
        Assert.Equal(new AppendResult.Conflict(1), await _journal.AppendAsync(Request("s", 5, Guid.CreateVersion7(), "b")));
        Assert.Single(await Read("s", 1));
    }

    [Fact]
    public async Task A_stale_epoch_is_fenced_and_stores_nothing_and_no_token_is_never_fenced()
    {
        var stale = Request("s", 0, Guid.CreateVersion7(), "a") with { Token = _token with { Epoch = _token.Epoch - 1 } };
        Assert.Equal(new AppendResult.Fenced(_token.Epoch), await _journal.AppendAsync(stale));
        Assert.Empty(await Read("s", 1));
        Assert.IsType<AppendResult.Appended>(await _journal.AppendAsync(stale with { Token = null }));
    }

    [Fact]
    public async Task A_repeated_command_stores_nothing_and_answers_as_the_first_did()
    {
        var request = Request("s", 0, Guid.CreateVersion7(), "a", "b");
        var first = await _journal.AppendAsync(request);
        Assert.Equal(first, await _journal.AppendAsync(request));
        Assert.Equal(2, (await Read("s", 1)).Count);
    }

    [Fact]
    public async Task The_feed_has_each_event_once_in_order_across_concurrent_writers()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.IsType<AppendResult.Appended>(await _journal.AppendAsync(Request($"w{writer}", i, Guid.CreateVersion7(), $"{writer}-{i}")));
            }
        }));
        var seen = new List<JournalRecord>();
        string? cursor = null;
        await Waiting.For(async () =>
        {
            // The feed may hold back what is stored while a transaction that began earlier is still open.
            var page = await _journal.ReadFeedAsync(cursor, 37);
            seen.AddRange(page);
            cursor = page.Count > 0 ? page[^1].Cursor : cursor;
            return seen.Count >= 400;
        });

        Assert.Equal(400, seen.Select(record => record.Payload).Distinct().Count());
        Assert.Equal(400, seen.Count);
        Assert.All(seen.GroupBy(record => record.Stream), stream => Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), stream.Select(record => record.SequenceNumber)));
        Assert.Equal(cursor, await _journal.ReadFeedEndAsync());
    }

    [Fact]
    public async Task Who_follows_the_feed_while_others_write_sees_every_event_once()
    {
        const int writers = 8;
        const int each = 150;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await _journal.AppendAsync(Request($"w{writer}", i, Guid.CreateVersion7(), $"{writer}-{i}"));
            }
        })));
        var seen = new List<string>();
        string? cursor = null;
        await Waiting.For(
            async () =>
            {
                IReadOnlyList<JournalRecord> page;
                while ((page = await _journal.ReadFeedAsync(cursor, 50)).Count > 0)
                {
                    seen.AddRange(page.Select(record => record.Payload));
                    cursor = page[^1].Cursor;
                }

                return writing.IsCompleted && seen.Count >= writers * each;
            },
            TimeSpan.FromSeconds(30));
        await writing;
        Assert.Equal(writers * each, seen.Count);
        Assert.Equal(writers * each, seen.Distinct().Count());
    }

    [Fact]
    public async Task Deliverers_that_compete_for_messages_are_given_each_one_once_until_the_hold_is_over()
    {
        var messages = Enumerable.Range(0, 60).Select(i => new OutboxMessage(Guid.CreateVersion7(), "mail", $"{{\"n\":{i}}}")).ToList();
        await _journal.AppendAsync(Request("s", 0, Guid.CreateVersion7(), "a") with { Outbox = messages });
        var claims = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () => await _outbox.ClaimAsync("mail", 10, TimeSpan.FromMinutes(5)))));
        var claimed = claims.SelectMany(claim => claim).ToList();
        Assert.Equal(claimed.Count, claimed.DistinctBy(message => message.Id).Count());
        Assert.All(claims, claim => Assert.Equal(claim.OrderBy(message => messages.IndexOf(message)), claim));
        claimed.AddRange(await _outbox.ClaimAsync("mail", 100, TimeSpan.Zero));
        Assert.Equal(60, claimed.DistinctBy(message => message.Id).Count());
        Assert.Empty(await _outbox.ClaimAsync("other", 100, TimeSpan.FromMinutes(5)));

        // The last claim held nothing; what is marked comes back to nobody.
        var free = await _outbox.ClaimAsync("mail", 1, TimeSpan.Zero);
        Assert.Single(free);
        foreach (var message in free)
        {
            Assert.True(await _outbox.MarkDeliveredAsync("mail", message.Id, "ok"));
        }

        Assert.DoesNotContain(await _outbox.ClaimAsync("mail", 100, TimeSpan.Zero), message => free.Contains(message));
    }

    [Fact]
    public async Task Outbox_messages_are_stored_with_their_events_and_delivered_once()
    {
        var message = new OutboxMessage(Guid.CreateVersion7(), "desk/a", "{}");
        await _journal.AppendAsync(Request("s", 0, Guid.CreateVersion7(), "a") with { Outbox = [message] });
        await _journal.AppendAsync(Request("s", 9, Guid.CreateVersion7(), "b") with { Outbox = [message with { Id = Guid.CreateVersion7() }] });
        Assert.Equal([message], await _outbox.ReadPendingAsync("desk/a", 10));
        Assert.False(await _outbox.MarkDeliveredAsync("desk/b", message.Id, "ok"), "it is another destination's");
        Assert.Equal([message], await _outbox.ReadPendingAsync("desk/a", 10));
        Assert.True(await _outbox.MarkDeliveredAsync("desk/a", message.Id, "ok"));
        Assert.False(await _outbox.MarkDeliveredAsync("desk/a", message.Id, "ok"));
        Assert.Equal((true, false, false), (await _outbox.HasAsync("desk/a", message.Id), await _outbox.HasAsync("desk/b", message.Id), await _outbox.HasAsync("desk/a", Guid.CreateVersion7())));
        Assert.Empty(await _outbox.ReadPendingAsync("desk/a", 10));
    }

    [Fact]
    public async Task An_untouched_chain_verifies()
    {
        await _journal.AppendAsync(Request("s", 0, Guid.CreateVersion7(), "a", "b", "c"));
        Assert.Null(await _journal.VerifyChainAsync("s"));
    }

    protected async Task<List<JournalRecord>> Read(string stream, long from)
    {
        var records = new List<JournalRecord>();
        await foreach (var record in _journal.ReadStreamAsync(stream, from))
        {
            records.Add(record);
        }

        return records;
    }

    private AppendRequest Request(string stream, long expected, Guid command, params string[] payloads) =>
        new(stream, expected, _token, command, [.. payloads.Select(payload => new JournalEntry("test.v1", payload))]);
}
