using System.IO.Pipelines;
using System.Text;
using ActorOps.Kernel;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests;

/// <summary>The whole domain on virtual time and an in-memory store.</summary>
public sealed class OpsHarness : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TripLatch _latch;
    private readonly AlonePeers _peers = new();
    private readonly CancellationTokenSource _stop = new();

    public OpsHarness(InMemoryJournal? journal = null, VirtualTimeProvider? time = null, KillSwitchOptions? killSwitchOptions = null, OpsOutside? outside = null, StandingDisk? disk = null)
    {
        Time = time ?? new VirtualTimeProvider();
        Journal = journal ?? new InMemoryJournal(Time);
        System = new ActorSystem(Time, NullLoggerFactory.Instance, new ActorSystemOptions { GuardianStrategy = OpsSystem.GuardianStrategy });
        (_latch, _) = TripLatch.Open(_directory.File("trips.latch"), true, NullLogger.Instance, (disk ?? new StandingDisk()).Open);
        var killSwitch = new KillSwitchServices(new KillSwitchBoard(), _latch, killSwitchOptions ?? new KillSwitchOptions { AnswerWithinMs = 5000, OneTimeCodes = false, ApproverMinimumAge = TimeSpan.Zero, ShadowAfterLimit = TimeSpan.Zero, RecoverySizes = [0.1, 0.25, 0.5] }, "n", NullLogger.Instance);
        Ops = OpsSystem.Start(
            System,
            new OpsStore(Journal, new InMemorySnapshotStore(), Journal),
            new OpsOptions { Rules = TestLimits.Create(), Outside = outside ?? OpsOutside.Under(_directory.Path) with { Rollback = new() { Automatic = false } } },
            killSwitch,
            new GateIdentity("n", 1, Time) { Epoch = () => 1, TrustLeft = () => TrustLeft },
            _peers);
        _peers.RunAll(Ops, _stop.Token);
    }

    /// <summary>What the node may still believe of itself.</summary>
    public TimeSpan TrustLeft { get; set; } = TimeSpan.FromHours(1);

    public VirtualTimeProvider Time { get; }

    public InMemoryJournal Journal { get; }

    public ActorSystem System { get; }

    public OpsSystem Ops { get; }

    public static Desk Desk { get; } = new("d", "eu", "USD", 1_000_000)
    {
        Accounts = [new DeskAccount("a", "b", 1_000_000)],
        Brokers = [new DeskBroker("b")],
        Feeds = [new DeskFeed("f", "g"), new DeskFeed("g")],
        Strategies = [new DeskStrategy("s", "a", "f", 100_000, "m"), new DeskStrategy("t", "a", "f", 900_000)],
    };

    /// <summary>Adds people the way a new desk does: the first one at the first start, the second one by the first alone, each later one with both. They are old enough to approve.</summary>
    public async Task AddPeopleAsync(params Principal[] people)
    {
        for (var i = 0; i < people.Length; i++)
        {
            if (i < 2 || !people[i].IsKeeper)
            {
                Assert.IsType<AccessReply.Done>(await Ops.ChangeAccessAsync(new AccessCommand.Add(people[i], i == 0 ? AccessDecider.FirstStart : people[0].Name)));
                continue;
            }

            var asked = Assert.IsType<ChangeReply.Stands>(await Ops.RequestAccessAsync(people[0], people[i], "joins the desk")).Change.ChangeId;
            Assert.True(Assert.IsType<ChangeReply.Stands>(await Ops.KillSwitch.ApproveChangeAsync(new Approval(people[1], null, null), asked)).Change.IsApproved);
            var hash = people[i].TokenHash;
            await Waiting.For(() =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return Ops.AccessBoard.FindHash(hash) is not null && Ops.KillSwitch.Changes.All(change => change.ChangeId != asked);
            });
        }
    }

    public async Task RegisterAsync()
    {
        await Ops.WhenReady;
        Assert.IsType<DeskReply.Registered>(await Ops.RegisterAsync(Desk, "test"));
        await Waiting.For(() => Ops.Supervisors.All.Count() == 9);
    }

    public async Task<SignalBatchResult> SendAsync(params string[] lines)
    {
        var stamped = lines.Select(line => line.Replace("{", $"{{\"at\":\"{Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}\",", StringComparison.Ordinal));
        var result = await Ops.IngestAsync(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', stamped)))), Trusted, new SignalBatchHeader(), default);
        Assert.Empty(result.Errors);
        return result;
    }

    /// <summary>Everything alive: one sample of each kind.</summary>
    public async Task BeatAsync(double s = 0, double t = 0, bool primary = true, bool backup = true)
    {
        var lines = new List<string> { Pnl("s", s), Pnl("t", t), """{"type":"heartbeat","kind":"broker","id":"b"}""" };
        if (primary)
        {
            lines.Add("""{"type":"tick","feed":"f","symbol":"X","last":100}""");
        }

        if (backup)
        {
            lines.Add("""{"type":"tick","feed":"g","symbol":"X","last":100}""");
        }

        await SendAsync([.. lines]);
    }

    /// <summary>Lets seconds pass, with all signals in each.</summary>
    public async Task LiveAsync(int seconds, bool primary = true, bool backup = true)
    {
        for (var i = 0; i < seconds; i++)
        {
            await BeatAsync(primary: primary, backup: backup);
            Time.Advance(TimeSpan.FromSeconds(1));
            await SettleAsync();
        }
    }

    /// <summary>Waits until every supervisor has handled what it was told.</summary>
    public async Task SettleAsync()
    {
        foreach (var summary in Ops.Supervisors.All.ToList())
        {
            await Ops.InspectAsync(summary.Target);
        }
    }

    /// <summary>Signs every item of a reset that only a person can vouch for.</summary>
    public async Task SignAsync(Principal by, Guid resetId)
    {
        var waiting = Assert.IsType<KillSwitchReply.ResetWaiting>(await Ops.KillSwitch.JudgeResetAsync(resetId));
        foreach (var item in waiting.Checks.Where(check => check.State == CheckState.Open))
        {
            waiting = Assert.IsType<KillSwitchReply.ResetWaiting>(await Ops.KillSwitch.SignResetAsync(by, resetId, item.Item, "looked at it"));
        }

        Assert.All(waiting.Checks, check => Assert.True(check.IsDone, $"{check}"));
    }

    public static string Pnl(string strategy, double value) => $$"""{"type":"pnl","strategy":"{{strategy}}","realized":{{value}},"unrealized":0}""";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await System.StopAsync();
        _stop.Dispose();
        _latch.Dispose();
        _directory.Dispose();
    }

    private static Principal Trusted { get; } = new("test", "test", [Role.Desk], "h", DateTimeOffset.UnixEpoch, Desk: "d");
}
