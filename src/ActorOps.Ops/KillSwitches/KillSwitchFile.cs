using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActorOps.Ops.Files;
using ActorOps.Ops.Scopes;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// The legacy <c>KILL_SWITCH</c> file, in and out. Any content that is not byte for byte what was written last is a new trip, and so is anything else that is there
/// instead of a file; while a trip stands the file is there, and deleting it changes nothing but brings it back.
/// </summary>
public sealed class KillSwitchFile(string path, KillSwitch killSwitch, TimeProvider time, ILogger log)
{
    private const int Longest = 4096;
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(100);
    private readonly string _memory = path + ".written";
    private readonly string _aside = path + ".aside";
    private readonly List<Scope> _notJudged = [];
    private string[] _written = ReadMemory(path + ".written");
    private string? _inTheWay;

    /// <summary>Which scopes no desk has: a file that names one trips the firm, as nobody reads an answer there.</summary>
    public Func<Scope, UnknownScope?> Unknown { get; init; } = static _ => null;

    /// <summary>Completes when <see cref="Unknown"/> can tell. A scope that was named before that is tripped, and looked at again then.</summary>
    public Task WhenKnown { get; init; } = Task.CompletedTask;

    /// <summary>One look: trips for foreign content, then brings the file in line with what stands.</summary>
    public async Task CheckAsync()
    {
        try
        {
            await JudgeAsync().ConfigureAwait(false);
            await ReadAsideAsync().ConfigureAwait(false);
            var found = await ReadAsync(path).ConfigureAwait(false);
            if (found is { Problem: { } problem })
            {
                await ClearTheWayAsync(problem).ConfigureAwait(false);
            }
            else if (found is { } content && !IsOwn(content.Bytes))
            {
                await TripAsync(Parse(content.Bytes, null).Request).ConfigureAwait(false);
            }

            _inTheWay = found?.Problem;
            Write(killSwitch.Current, found?.Bytes);
            await ReadAsideAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            KillSwitchLog.FileFailed(log, path, error);
        }
    }

    /// <summary>What somebody put there between the look and the change, also in an earlier life: it trips like everything else.</summary>
    private async Task ReadAsideAsync()
    {
        if (await ReadAsync(_aside).ConfigureAwait(false) is not { } aside)
        {
            return;
        }

        if (aside.Bytes is null || !IsOwn(aside.Bytes))
        {
            await TripAsync(Parse(aside.Bytes, aside.Problem).Request).ConfigureAwait(false);
        }

        if (Directory.Exists(_aside) && new DirectoryInfo(_aside).LinkTarget is null)
        {
            Directory.Move(_aside, $"{path}.directory-{time.GetUtcNow():yyyyMMddTHHmmssfff}");
        }
        else
        {
            File.Delete(_aside);
        }
    }

    private async Task<(byte[]? Bytes, string? Problem)?> ReadAsync(string place)
    {
        var found = RegularFile.Read(place, Longest);
        if (found is { Bytes: { } bytes } && !IsOwn(bytes) && Parse(bytes, null) is { IsCertain: false })
        {
            // A writer first makes an empty file. One more look, so that a narrow kill does not become the firm's.
            await Task.Delay(SecondLook, time).ConfigureAwait(false);
            found = RegularFile.Read(place, Longest);
        }

        return found;
    }

    private static string[] ReadMemory(string memory) =>
        RegularFile.Read(memory, 16 * Longest) is { Bytes: { } bytes } ? Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Something that is not a readable file trips the firm once, and makes room: what cannot be replaced by a file is moved aside.</summary>
    private async Task ClearTheWayAsync(string problem)
    {
        if (problem != _inTheWay)
        {
            _inTheWay = problem;
            await TripAsync(Parse(null, problem).Request).ConfigureAwait(false);
        }

        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Move(path, $"{path}.directory-{time.GetUtcNow():yyyyMMddTHHmmssfff}");
        }
        else
        {
            File.Delete(path);
        }
    }

    private async Task TripAsync(TripRequest request)
    {
        if (!WhenKnown.IsCompletedSuccessfully)
        {
            _notJudged.Add(request.Scope);
        }
        else if (Unknown(request.Scope) is { } unknown)
        {
            request = InsteadOf(unknown, request);
        }

        await killSwitch.TripAsync(request).ConfigureAwait(false);
    }

    /// <summary>Looks once more at what was named before anybody could tell which scopes there are.</summary>
    private async Task JudgeAsync()
    {
        if (_notJudged.Count > 0 && WhenKnown.IsCompletedSuccessfully)
        {
            foreach (var unknown in _notJudged.Select(Unknown).OfType<UnknownScope>().ToList())
            {
                await killSwitch.TripAsync(InsteadOf(unknown, Firm)).ConfigureAwait(false);
            }

            _notJudged.Clear();
        }
    }

    private static TripRequest InsteadOf(UnknownScope unknown, TripRequest asked) =>
        asked with { Scope = Scope.Firm, Level = TradingState.Killed, Reason = $"file with an unknown scope: {unknown.Sentence}{(asked.Reason is { Length: > 0 } reason ? $" (its reason: {reason})" : string.Empty)}" };

    private TripRequest Firm => new(Scope.Firm, TradingState.Killed, "file", "file", "unknown") { Origin = TripOrigin.File, Cause = path };

    private bool IsOwn(byte[]? content) => content is not null && _written.Contains(Hash(content));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>What the content asks for; not certain when it cannot be understood and so means the firm.</summary>
    private (TripRequest Request, bool IsCertain) Parse(byte[]? content, string? problem)
    {
        var firm = Firm with { Reason = problem ?? "file appeared" };
        if (content is null)
        {
            return (firm, true);
        }

        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            var level = TradingState.Killed;
            var known = Scope.TryParse(Text(root, "scope") ?? "firm", out var scope) && (Text(root, "level") is not { } name || (TradingStateNames.TryParse(name, out level) && level != TradingState.Active));
            return known
                ? (firm with { Scope = scope, Level = level, Reason = Text(root, "reason") ?? "file appeared" }, true)
                : (firm with { Reason = "file with an unknown scope or level" }, false);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (firm with { Reason = content.Length == 0 ? "empty file appeared" : SafeText.Clean(Encoding.UTF8.GetString(content), 200) }, false);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private void Write(EffectiveStates states, byte[]? found)
    {
        var standing = states.Trips.Where(trip => trip.Level != TradingState.Active).ToList();
        if (standing.Count == 0)
        {
            if (_written.Length > 0)
            {
                // What is taken away is looked at with the memory of what was written; an own one is forgotten with it.
                if (!ExchangedFile.Take(path, _aside) || (RegularFile.Read(_aside, Longest) is { Bytes: { } own } && IsOwn(own)))
                {
                    File.Delete(_aside);
                }

                File.Delete(_memory);
                _written = [];
            }

            return;
        }

        var content = Encoding.UTF8.GetBytes(Render(standing));
        if (found is not null && content.AsSpan().SequenceEqual(found))
        {
            return;
        }

        // Both old and new count as own while the file changes: a crash in between must not look like somebody's kill of the firm.
        var hash = Hash(content);
        Remember([.. found is not null && IsOwn(found) ? [Hash(found)] : (string[])[], .. _written.TakeLast(1), hash]);
        ExchangedFile.Put(path, _aside, content);
        if (RegularFile.Read(_aside, Longest) is { Bytes: { } before } && (IsOwn(before) || (found is not null && before.AsSpan().SequenceEqual(found))))
        {
            File.Delete(_aside);
        }

        Remember([hash]);
    }

    private void Remember(string[] hashes)
    {
        AtomicText.Write(_memory, Encoding.ASCII.GetBytes(string.Join('\n', hashes)));
        _written = hashes;
    }

    private static string Render(List<Trip> standing)
    {
        var text = new StringBuilder("{\n  \"writtenBy\": \"ActorOps; deleting this file is not a reset, see `actorops kill status`\",\n  \"trips\": [\n");
        text.AppendJoin(",\n", standing.Take(10).Select(trip => $"    {{\"tripId\": \"{trip.TripId}\", \"scope\": \"{JsonEncodedText.Encode(trip.Scope.ToString())}\", \"level\": \"{trip.Level.ToWire()}\"}}"));
        return text.Append("\n  ],\n  \"standing\": ").Append(standing.Count).Append("\n}\n").ToString();
    }
}
