using System.IO.Pipelines;
using System.Text;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Signals;

public class SignalIngestTests
{
    private const string Beat = """{"type":"heartbeat","kind":"strategy","id":"s"}""";
    private readonly VirtualTimeProvider _time = new();
    private readonly List<(string Desk, long Lines)> _missing = [];
    private readonly SignalSessions _sessions = new();
    private SignalTargets _targets = SignalReaderTests.Targets();

    [Fact]
    public async Task A_bad_line_never_costs_a_good_one_and_is_named_by_its_number()
    {
        var result = await Run(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes($"{Beat}\nrubbish\n\n{Beat}\r\n{Beat}"))));
        Assert.Equal((3, 1), (result.Accepted, result.Rejected));
        Assert.Equal(2, Assert.Single(result.Errors).Line);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Lines_cut_at_any_byte_read_the_same(int chunk)
    {
        var pipe = new Pipe();
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Beat, 20)) + "\n");
        var run = Run(pipe.Reader);
        for (var i = 0; i < bytes.Length; i += chunk)
        {
            await pipe.Writer.WriteAsync(bytes.AsMemory(i, Math.Min(chunk, bytes.Length - i)));
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(20, (await run).Accepted);
    }

    [Fact]
    public async Task A_line_of_a_hundred_megabytes_is_one_error_and_bounded_memory()
    {
        var pipe = new Pipe();
        var run = Run(pipe.Reader);
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)'x');
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Beat + "\n"));
        for (var i = 0; i < 100; i++)
        {
            await pipe.Writer.WriteAsync(block);
        }

        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes("\n" + Beat + "\n"));
        await pipe.Writer.CompleteAsync();
        var result = await run;
        Assert.Equal((2, 1), (result.Accepted, result.Rejected));
        Assert.Equal((2L, "line-too-long"), (result.Errors[0].Line, result.Errors[0].Code));
    }

    [Fact]
    public async Task Only_the_first_hundred_errors_are_told()
    {
        var result = await Run(Body(Enumerable.Repeat("rubbish", 1000)));
        Assert.Equal((1000, 100), (result.Rejected, result.Errors.Count));
    }

    [Fact]
    public async Task A_repeated_batch_is_not_counted_twice_and_a_missing_one_is_told()
    {
        var first = await Run(Body([Beat, Beat, Beat]), session: "x", firstLine: 0);
        var again = await Run(Body([Beat, Beat, Beat]), session: "x", firstLine: 0);
        var overlap = await Run(Body([Beat, Beat, Beat]), session: "x", firstLine: 1);
        Assert.Equal((3, 0), (first.Accepted, first.Repeated));
        Assert.Equal((0, 3), (again.Accepted, again.Repeated));
        Assert.Equal((1, 2), (overlap.Accepted, overlap.Repeated));
        Assert.Empty(_missing);
        var gap = await Run(Body([Beat]), session: "x", firstLine: 10);
        Assert.Equal((1, 6), (gap.Accepted, gap.Missing));
        Assert.Equal([("d", 6L)], _missing);
    }

    /// <summary>A node that stood still finds the request that its sender has given up, and the one that repeats it, both still to be read.</summary>
    [Fact]
    public async Task A_batch_that_is_repeated_while_it_is_being_read_is_not_counted_twice()
    {
        var (slow, repeat) = (new Pipe(), new Pipe());
        var first = Run(slow.Reader, session: "x", firstLine: 0);
        await slow.Writer.WriteAsync(Lines(3));
        await TakesAsync(3);
        var again = Run(repeat.Reader, session: "x", firstLine: 0);
        await repeat.Writer.WriteAsync(Lines(5));
        await TakesAsync(2);
        await slow.Writer.WriteAsync(Lines(4));
        await slow.Writer.CompleteAsync();
        Assert.Equal((5, 2), ((await first).Accepted, (await first).Repeated));
        await repeat.Writer.WriteAsync(Lines(4));
        await repeat.Writer.CompleteAsync();
        Assert.Equal((4, 5), ((await again).Accepted, (await again).Repeated));
        var next = await Run(Body([Beat]), session: "x", firstLine: 9);
        Assert.Equal((1, 0, 0), (next.Accepted, next.Repeated, next.Missing));
        Assert.Equal(5, Inbox.Take().Count);
        Assert.Empty(_missing);
    }

    [Fact]
    public async Task Many_that_read_the_same_lines_at_once_count_each_of_them_once_and_in_order()
    {
        var body = string.Join('\n', Enumerable.Range(0, 500).Select(Pnl));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Run(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(body))), session: "x", firstLine: 0))));
        Assert.Equal((500, 3500), (results.Sum(result => result.Accepted), results.Sum(result => result.Repeated)));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (double)i), TakeRealized());
    }

    [Fact]
    public async Task A_batch_that_is_sent_before_the_one_ahead_of_it_has_ended_is_counted_whole()
    {
        var pipe = new Pipe();
        var first = Run(pipe.Reader, session: "x", firstLine: 0);
        await pipe.Writer.WriteAsync(Lines(3));
        await TakesAsync(3);
        var second = await Run(Body([Beat, Beat]), session: "x", firstLine: 5);
        await pipe.Writer.WriteAsync(Lines(2));
        await pipe.Writer.CompleteAsync();
        Assert.Equal((5, 0, 2, 0), ((await first).Accepted, (await first).Repeated, second.Accepted, second.Repeated));
        var again = await Run(Body([Beat, Beat]), session: "x", firstLine: 5);
        Assert.Equal((0, 2), (again.Accepted, again.Repeated));
    }

    [Fact]
    public async Task A_repeated_batch_does_not_overtake_a_line_of_the_first_that_waits_for_room()
    {
        _targets = SignalReaderTests.Targets(capacity: 10);
        var body = Enumerable.Range(0, 35).Select(Pnl).ToList();
        var runs = Enumerable.Range(0, 3).Select(_ => Run(Body(body), session: "x", firstLine: 0)).ToList();
        var seen = new List<double>();
        while (!runs.TrueForAll(run => run.IsCompleted))
        {
            seen.AddRange(TakeRealized());
            await Task.Yield();
        }

        seen.AddRange(TakeRealized());
        Assert.Equal(Enumerable.Range(0, 35).Select(i => (double)i), seen);
    }

    /// <summary>The shard is back on this node, and lines that came while it was away have yet to be handed on.</summary>
    [Fact]
    public async Task Lines_that_wait_for_their_shard_are_not_overtaken_by_those_that_come_when_it_is_here_again()
    {
        var peers = new ForwardingPeers { Owner = null };
        var forwarder = new SignalForwarder(peers, _time, _ => { }, NullLogger.Instance);
        var here = _targets;
        _targets = new SignalTargets([.. here.All.Select(target => new SignalTarget(target.Id, target.Desk, target.Shard, null))], [new Desk("d", "eu", "USD", 1000)]);
        await Run(Body([Pnl(1), Pnl(2)]), forwarder);
        _targets = here;
        peers.Owner = new ShardOwner("this", true);
        await Run(Body([Pnl(3)]), forwarder);
        Assert.Empty(TakeRealized());
        await forwarder.RetryAsync(default);
        await Run(Body([Pnl(4)]), forwarder);
        Assert.Equal([4.0], TakeRealized());
        Assert.Equal($"{Pnl(1)}\n{Pnl(2)}\n{Pnl(3)}\n", string.Concat(peers.Texts));
    }

    [Fact]
    public async Task A_sender_that_gives_up_takes_nothing_back_of_what_has_been_read()
    {
        var peers = new ForwardingPeers();
        var forwarder = new SignalForwarder(peers, _time, _ => { }, NullLogger.Instance);
        var here = _targets;
        _targets = new SignalTargets([.. here.All.Select(target => new SignalTarget(target.Id, target.Desk, target.Shard, null))], [new Desk("d", "eu", "USD", 1000)]);
        var pipe = new Pipe();
        using var sender = new CancellationTokenSource();
        var gate = peers.Hold($"{Pnl(1)}\n");
        var run = Run(pipe.Reader, forwarder, "x", sender.Token);
        await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Pnl(1) + "\n"));
        await gate.Reached;
        await sender.CancelAsync();
        gate.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var again = await Run(Body([Pnl(1), Pnl(2)]), forwarder, "x");
        Assert.Equal((1, 1), (again.Accepted, again.Repeated));
        Assert.Equal([$"{Pnl(1)}\n", $"{Pnl(2)}\n"], peers.Texts);
    }

    [Fact]
    public async Task A_full_inbox_stops_the_reading_until_its_supervisor_has_taken_it()
    {
        _targets = SignalReaderTests.Targets(capacity: 10);
        var inbox = _targets.Find(TargetKind.Strategy, "s"u8)!.Inbox!;
        var run = Run(Body(Enumerable.Repeat(Beat, 35)));
        var seen = 0;
        while (!run.IsCompleted)
        {
            var taken = inbox.Take();
            Assert.True(taken.Count <= 10);
            seen += taken.Count;
            SignalInbox.Return(taken);
            await Task.Yield();
        }

        Assert.Equal(35, (await run).Accepted);
        Assert.Equal(35, seen + inbox.Take().Count);
    }

    private SignalInbox Inbox => _targets.Find(TargetKind.Strategy, "s"u8)!.Inbox!;

    private async Task TakesAsync(int count)
    {
        var seen = 0;
        await Waiting.For(() => (seen += Inbox.Take().Count) >= count);
        Assert.Equal(count, seen);
    }

    private static byte[] Lines(int count) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Beat + "\n", count)));

    private static PipeReader Body(IEnumerable<string> lines) => PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    /// <summary>Takes what is there, also when that is nothing.</summary>
    private double[] TakeRealized() => Array.ConvertAll(Inbox.Take().AsSpan().ToArray(), signal => signal.Realized);

    private static string Pnl(int realized) => $$"""{"type":"pnl","strategy":"s","realized":{{realized}},"unrealized":0}""";

    private Task<SignalBatchResult> Run(PipeReader body, SignalForwarder forwarder, string? session = null, CancellationToken cancellation = default)
    {
        var source = new SignalSource { Desk = "d" };
        return new SignalIngest(() => _targets, _time, (_, _) => { }, new SignalParcels(source, forwarder)).RunAsync(body, source, _sessions, session, 0, cancellation);
    }

    private Task<SignalBatchResult> Run(PipeReader body, string? session = null, long firstLine = 0) =>
        new SignalIngest(() => _targets, _time, (desk, lines) => _missing.Add((desk, lines))).RunAsync(body, new SignalSource { Desk = "d" }, _sessions, session, firstLine, default);
}
