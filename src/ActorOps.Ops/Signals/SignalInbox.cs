using System.Buffers;

namespace ActorOps.Ops.Signals;

/// <summary>
/// Bounded stream of signals to one supervisor. Writers append under a short lock; the first one after the supervisor has emptied it wakes
/// it, so a busy supervisor is told once for many signals. A writer that finds it full waits: that wait is what a sender feels.
/// </summary>
internal sealed class SignalInbox(int capacity, Action wake)
{
    private readonly Lock _lock = new();
    private Signal[]? _buffer;
    private int _count;
    private bool _awake;
    private bool _closed;
    private TaskCompletionSource? _space;

    /// <summary>Appends one signal; false when the inbox is full, then await <see cref="WaitForSpaceAsync"/> and try again.</summary>
    public bool TryWrite(in Signal signal)
    {
        bool first;
        lock (_lock)
        {
            if (_closed)
            {
                return true;
            }

            if (_count >= capacity)
            {
                return false;
            }

            if (_buffer is null || _count == _buffer.Length)
            {
                Grow();
            }

            _buffer![_count++] = signal;
            first = !_awake;
            _awake = true;
        }

        if (first)
        {
            wake();
        }

        return true;
    }

    /// <summary>Completes when the supervisor has taken what was there.</summary>
    public Task WaitForSpaceAsync()
    {
        lock (_lock)
        {
            if (_count < capacity)
            {
                return Task.CompletedTask;
            }

            _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _space.Task;
        }
    }

    /// <summary>Takes everything; give the array back with <see cref="Return"/>. After an empty take the next write wakes the supervisor again.</summary>
    public ArraySegment<Signal> Take()
    {
        TaskCompletionSource? space;
        ArraySegment<Signal> taken;
        lock (_lock)
        {
            taken = _buffer is null ? default : new ArraySegment<Signal>(_buffer, 0, _count);
            _buffer = null;
            _count = 0;
            _awake = taken.Count > 0;
            (space, _space) = (_space, null);
        }

        space?.SetResult();
        return taken;
    }

    /// <summary>Nobody reads any more: what comes is dropped, so that one dead supervisor does not stop a whole desk's stream.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        Return(Take());
    }

    public static void Return(ArraySegment<Signal> taken)
    {
        if (taken.Array is not null)
        {
            taken.AsSpan().Clear();
            ArrayPool<Signal>.Shared.Return(taken.Array);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<Signal>.Shared.Rent(Math.Max(16, Math.Min(capacity, _count * 2)));
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, _count).CopyTo(larger);
            _buffer.AsSpan(0, _count).Clear();
            ArrayPool<Signal>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
