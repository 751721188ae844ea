using ActorOps.Ops.KillSwitches;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.KillSwitches;

public sealed class TripLatchTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.File("trips.latch");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_appended_is_there_after_a_restart_and_what_was_cleared_is_not()
    {
        var (a, b) = (Trips.Of("firm"), Trips.Of("strategy/b"));
        using (var latch = Open(isNew: true).Latch)
        {
            Assert.True(latch.TryAppend(a));
            Assert.True(latch.TryAppend(b));
            Assert.True(await latch.AppendClearedAsync([a.TripId]));
        }

        var (reopened, content) = Open();
        using (reopened)
        {
            Assert.Null(content.Problem);
            Assert.Equal([b], content.Trips);
            Assert.Equal([a.TripId], content.Cleared);
        }
    }

    [Fact]
    public void A_missing_file_is_fine_on_the_first_start_and_a_problem_on_any_other()
    {
        using (Open(isNew: true).Latch)
        {
        }

        File.Delete(Path);
        var (latch, content) = Open();
        using (latch)
        {
            Assert.Contains("missing", content.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_cut_or_flipped_byte_of_the_content_is_noticed_and_no_whole_trip_before_it_is_lost()
    {
        var (a, b) = (Trips.Of("firm"), Trips.Of("strategy/b"));
        using (var latch = Open(isNew: true).Latch)
        {
            latch.TryAppend(a);
            latch.TryAppend(b);
        }

        var good = File.ReadAllBytes(Path);
        var end = Array.FindLastIndex(good, value => value != 0) + 1;
        var random = new Random(21);
        for (var round = 0; round < 60; round++)
        {
            var bad = (byte[])good.Clone();
            var at = random.Next(end);
            if (round % 2 == 0)
            {
                bad[at] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                Array.Clear(bad, at, end - at);
            }

            foreach (var aside in Directory.GetFiles(_directory.Path))
            {
                File.Delete(aside);
            }

            File.WriteAllBytes(Path, bad);
            var (latch, content) = Open();
            using (latch)
            {
                Assert.True(content.Problem is not null || content.Trips.Count == (bad.AsSpan().SequenceEqual(good) ? 2 : content.Trips.Count), $"byte {at} of {end}");
                Assert.True(content.Problem is null || Directory.GetFiles(_directory.Path, "*.unreadable-1").Length == 1);
                Assert.True(content.Problem is not null || CutAtRecordBoundary(bad, content), $"byte {at} of {end} went unnoticed");
            }
        }
    }

    [Fact]
    public void A_newer_version_is_not_guessed_at_and_is_kept()
    {
        using (var latch = Open(isNew: true).Latch)
        {
            latch.TryAppend(Trips.Of("firm"));
        }

        var bytes = File.ReadAllBytes(Path);
        bytes[8] = 99;
        File.WriteAllBytes(Path, bytes);
        var (reopened, content) = Open();
        using (reopened)
        {
            Assert.Contains("version 99", content.Problem, StringComparison.Ordinal);
            Assert.Equal(bytes, File.ReadAllBytes(Path + ".unreadable-1"));
        }
    }

    [Fact]
    public void A_full_disk_does_not_stop_trips_while_the_room_kept_ahead_lasts_and_then_says_so()
    {
        using var disk = SmallDisk.TryMount("256k");
        if (disk is null)
        {
            return;
        }

        var path = System.IO.Path.Combine(disk.Path, "trips.latch");
        var (latch, _) = TripLatch.Open(path, true, NullLogger.Instance);
        using (latch)
        {
            SmallDisk.Fill(System.IO.Path.Combine(disk.Path, "ballast"));
            Assert.True(latch.TryAppend(Trips.Of("firm")));
            var appended = 1;
            while (appended < 1000 && latch.TryAppend(Trips.Of($"strategy/s{appended}")))
            {
                appended++;
            }

            Assert.InRange(appended, 50, 999);
            File.Delete(System.IO.Path.Combine(disk.Path, "ballast"));
            Assert.True(latch.TryAppend(Trips.Of("strategy/after")));
        }

        var (again, content) = TripLatch.Open(path, false, NullLogger.Instance);
        using (again)
        {
            Assert.Null(content.Problem);
            Assert.Contains(content.Trips, trip => trip.Scope.ToString() == "strategy/after");
            Assert.Contains(content.Trips, trip => trip.Scope.ToString() == "firm");
        }
    }

    [Fact]
    public void Many_trips_make_the_file_grow()
    {
        using (var latch = Open(isNew: true).Latch)
        {
            for (var i = 0; i < 2000; i++)
            {
                Assert.True(latch.TryAppend(Trips.Of($"strategy/s{i}")));
            }
        }

        var (reopened, content) = Open();
        using (reopened)
        {
            Assert.Null(content.Problem);
            Assert.Equal(2000, content.Trips.Count);
        }
    }

    [Fact]
    public async Task A_disk_that_stands_still_holds_up_nobody_and_what_waited_is_written_together_when_it_goes_on()
    {
        var disk = new StandingDisk();
        var trips = Enumerable.Range(0, 50).Select(i => Trips.Of($"strategy/s{i}")).ToList();
        var (latch, _) = TripLatch.Open(Path, true, NullLogger.Instance, disk.Open);
        using (latch)
        {
            disk.StandsStill = true;
            var written = trips.ConvertAll(latch.AppendAsync);
            Assert.Same(written[7], latch.AppendAsync(trips[7]));
            Assert.All(written, task => Assert.False(task.IsCompleted));
            disk.StandsStill = false;
            Assert.All(await Task.WhenAll(written), Assert.True);
        }

        var (reopened, content) = Open();
        using (reopened)
        {
            Assert.Equal(trips.Select(trip => trip.TripId).Order(), content.Trips.Select(trip => trip.TripId).Order());
        }
    }

    [Fact]
    public void A_trip_with_the_longest_texts_of_any_script_is_read_again()
    {
        var trip = Trips.Of("firm") with { Reason = new string('\u6f22', 1000), Cause = new string('\u0416', 500), Evidence = new string('\u6f22', 2000), RecoversFrom = [.. Enumerable.Range(0, 1000).Select(i => $"strategy/s{i} hourly-pnl")] };
        using (var latch = Open(isNew: true).Latch)
        {
            Assert.True(latch.TryAppend(trip));
            Assert.True(latch.TryAppend(Trips.Of("strategy/after")));
        }

        var (reopened, content) = Open();
        using (reopened)
        {
            Assert.Null(content.Problem);
            Assert.Equal(["firm", "strategy/after"], content.Trips.Select(known => known.Scope.ToString()).Order());
            Assert.Equal(new string('\u6f22', 200), content.Trips.Single(known => known.TripId == trip.TripId).Reason);
        }
    }

    /// <summary>Zeroing everything from the end of a record on leaves a shorter latch that is whole: only the file system could do that.</summary>
    private static bool CutAtRecordBoundary(byte[] file, LatchContent content) => LatchFormat.Decode(file).Records.Count == content.Trips.Count;

    private (TripLatch Latch, LatchContent Content) Open(bool isNew = false) => TripLatch.Open(Path, isNew, NullLogger.Instance);
}
