using System.Buffers;
using System.IO.Pipelines;

namespace ActorOps.Ops.Signals;

/// <summary>
/// A body of NDJSON lines into the supervisors' inboxes. Lines are read where they lie in the network buffer; memory is bounded by the pipe
/// and the inboxes. When an inbox is full the reading stops, and with it the sender.
/// </summary>
internal sealed class SignalIngest(Func<SignalTargets> targets, TimeProvider time, Action<string, long> onMissing, SignalParcels? parcels = null)
{
    private const int MostErrors = 100;
    private readonly SignalReader _reader = new();
    private readonly List<SignalError> _errors = [];
    private readonly List<SignalWarning> _warnings = [];
    private byte[]? _joined;
    private SignalProgress? _progress;
    private long _firstLine;
    private long _line;
    private long _accepted;
    private long _rejected;
    private long _repeated;
    private bool _oversized;

    /// <summary>Only shard that is written to: the lines were sent for it, and those of other targets reach them by themselves. Null: every one.</summary>
    public string? OnlyShard { get; init; }

    /// <summary>Reads to the end. Blank lines are skipped and keep their number.</summary>
    public async Task<SignalBatchResult> RunAsync(PipeReader body, SignalSource source, SignalSessions sessions, string? session, long firstLine, CancellationToken cancellation)
    {
        long missing = 0;
        _firstLine = firstLine;
        if (session is not null)
        {
            (_progress, missing) = sessions.Begin(session, firstLine);
        }

        if (missing > 0 && source.Desk is not null)
        {
            onMissing(source.Desk, missing);
        }

        try
        {
            while (true)
            {
                var read = await body.ReadAsync(cancellation).ConfigureAwait(false);
                source.Receive(time);
                var consumed = await ConsumeAsync(read.Buffer, read.IsCompleted, source, cancellation).ConfigureAwait(false);
                body.AdvanceTo(consumed, read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        finally
        {
            if (session is not null)
            {
                sessions.End(session, _progress!, firstLine + _line);
            }
        }

        return new SignalBatchResult(_accepted, _rejected, _errors, _repeated, missing) { Warnings = _warnings };
    }

    /// <summary>
    /// Handles every whole line; returns where the first unfinished one begins. Requests that repeat each other take turns, so that what one has claimed has
    /// been handed on before the next one starts; and what is claimed is handed on whether the sender still waits for the answer or not.
    /// </summary>
    private async ValueTask<SequencePosition> ConsumeAsync(ReadOnlySequence<byte> buffer, bool last, SignalSource source, CancellationToken cancellation)
    {
        if (_progress is null)
        {
            return await HandOnAsync(buffer, last, source).ConfigureAwait(false);
        }

        await _progress.Turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await HandOnAsync(buffer, last, source).ConfigureAwait(false);
        }
        finally
        {
            _progress.Turn.Release();
        }
    }

    private async ValueTask<SequencePosition> HandOnAsync(ReadOnlySequence<byte> buffer, bool last, SignalSource source)
    {
        var current = targets();
        while (true)
        {
            var full = Scan(ref buffer, last, source, current, out var signal, out var first, out var second);
            if (parcels is not null && (!full || parcels.IsLarge))
            {
                await parcels.SendAsync().ConfigureAwait(false);
            }

            if (!full)
            {
                return buffer.Start;
            }

            await WriteAsync(second, signal).ConfigureAwait(false);
            await WriteAsync(first, signal).ConfigureAwait(false);
        }
    }

    private static async ValueTask WriteAsync(SignalTarget? target, Signal signal)
    {
        while (target?.Inbox is { } inbox && !inbox.TryWrite(signal))
        {
            await inbox.WaitForSpaceAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs through lines until one meets a full inbox (true: those that still want the signal are set) or none is left (false).</summary>
    private bool Scan(ref ReadOnlySequence<byte> buffer, bool last, SignalSource source, SignalTargets current, out Signal signal, out SignalTarget? first, out SignalTarget? second)
    {
        signal = default;
        first = second = null;
        while (TryLine(ref buffer, last, out var line))
        {
            _line++;
            if (_progress is not null && !_progress.Claim(_firstLine + _line - 1))
            {
                _repeated++;
                continue;
            }

            if (line.Length == 0)
            {
                continue;
            }

            var refusal = _reader.Read(line, source, current, out signal, out first, out second);
            if (refusal.IsRefused)
            {
                Reject(refusal.Code!, refusal.Detail!);
                continue;
            }

            _accepted++;
            if (_reader.HasWarnings && _warnings.Count < MostErrors)
            {
                _warnings.AddRange(_reader.Warnings(line, _line).Take(MostErrors - _warnings.Count));
            }

            Elsewhere(ref first, ref second, line);
            first = IsDone(first, signal) ? null : first;
            second = IsDone(second, signal) ? null : second;
            if (first is not null || second is not null || parcels is { IsLarge: true })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDone(SignalTarget? target, in Signal signal) => target?.Inbox is null || (OnlyShard is not null && target.Shard != OnlyShard) || target.Inbox.TryWrite(signal);

    /// <summary>The node that has the targets reads the line again, and writes to its own. Leaves those that are to be written to here.</summary>
    private void Elsewhere(ref SignalTarget? first, ref SignalTarget? second, ReadOnlySpan<byte> line)
    {
        var firstShard = IsElsewhere(first) ? first!.Shard : null;
        var secondShard = IsElsewhere(second) ? second!.Shard : null;
        if (firstShard is not null)
        {
            parcels?.Add(firstShard, line);
            first = null;
        }

        if (secondShard is not null && secondShard != firstShard)
        {
            parcels?.Add(secondShard, line);
        }

        second = secondShard is null ? second : null;
    }

    private bool IsElsewhere(SignalTarget? target) => target is not null && (target.Inbox is null || parcels?.AreAhead(target.Shard) == true);

    private bool TryLine(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            var span = buffer.FirstSpan;
            var end = span.IndexOf((byte)'\n');
            if (end >= 0 && !_oversized)
            {
                line = Trim(span[..end]);
                buffer = buffer.Slice(end + 1);
                return true;
            }

            var newline = buffer.PositionOf((byte)'\n');
            if (newline is null)
            {
                return last ? TryLast(ref buffer, out line) : SkipOversized(ref buffer);
            }

            var whole = buffer.Slice(0, newline.Value);
            buffer = buffer.Slice(buffer.GetPosition(1, newline.Value));
            if (_oversized)
            {
                _oversized = false;
                continue;
            }

            line = Join(whole);
            return true;
        }
    }

    private bool TryLast(ref ReadOnlySequence<byte> buffer, out ReadOnlySpan<byte> line)
    {
        var rest = buffer;
        buffer = buffer.Slice(buffer.End);
        line = _oversized ? default : Join(rest);
        return line.Length > 0;
    }

    /// <summary>A line longer than the limit is counted once as soon as that is known, and what follows of it is dropped unread.</summary>
    private bool SkipOversized(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length > SignalReader.LongestLine)
        {
            if (!_oversized)
            {
                _line++;
                Reject("line-too-long", $"a line has at most {SignalReader.LongestLine} bytes");
            }

            _oversized = true;
            buffer = buffer.Slice(buffer.End);
        }

        return false;
    }

    private ReadOnlySpan<byte> Join(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
        {
            return Trim(line.FirstSpan);
        }

        _joined ??= new byte[SignalReader.LongestLine + 1];
        var length = (int)Math.Min(line.Length, _joined.Length);
        line.Slice(0, length).CopyTo(_joined);
        return Trim(_joined.AsSpan(0, length));
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line) => line.Length > 0 && line[^1] is (byte)'\r' or (byte)' ' ? line.TrimEnd("\r "u8) : line;

    private void Reject(string code, string detail)
    {
        _rejected++;
        if (_errors.Count < MostErrors)
        {
            _errors.Add(new SignalError(_line, code, detail));
        }
    }
}
