using Microsoft.Extensions.Logging;

namespace ActorOps.TestKit;

/// <summary>A logger that keeps what is logged, and expectations on it.</summary>
public sealed class LogExpectations : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly List<LogLine> _lines = [];
    private readonly AsyncLocal<Scope?> _scope = new();
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public IReadOnlyList<LogLine> WithId(int id) => [.. Lines.Where(line => line.Id == id)];

    /// <summary>Waits until an event was logged so often; more is a failure.</summary>
    public async Task Expect(int id, int times = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            Task added;
            lock (_lock)
            {
                added = _added.Task;
            }

            var count = WithId(id).Count;
            Assert.True(count <= times, $"Event {id} was logged {count} times, expected {times}.");
            if (count == times)
            {
                return;
            }

            await added.WaitAsync(limit.Token);
        }
    }

    /// <summary>Runs the action and expects that it logs an event so often, no more and no less.</summary>
    public async Task<IReadOnlyList<LogLine>> Expect(int id, int times, Func<Task> during)
    {
        var before = WithId(id).Count;
        await during();
        await Expect(id, before + times);
        return [.. WithId(id).Skip(before)];
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("These logs go nowhere else.");

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(LogLine line)
    {
        TaskCompletionSource added;
        lock (_lock)
        {
            _lines.Add(line);
            (added, _added) = (_added, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        added.SetResult();
    }

    private sealed class Logger(LogExpectations owner, string category) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => owner._scope.Value = new Scope(owner, state, owner._scope.Value);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Add(new LogLine(category, eventId.Id, logLevel, formatter(state, exception), exception, owner._scope.Value?.ToString()));
    }

    private sealed class Scope(LogExpectations owner, object state, Scope? outer) : IDisposable
    {
        public void Dispose() => owner._scope.Value = outer;

        public override string ToString() => outer is null ? state.ToString()! : $"{outer} {state}";
    }
}
