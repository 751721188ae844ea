using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>A real process of ours, with its output line by line. It is gone when this is disposed.</summary>
public sealed class ManagedProcess : IAsyncDisposable
{
    /// <summary>
    /// A dozen processes share two cores, and none lives for more than a minute: the runtime is told not to prepare for a long life, which would cost each of them
    /// seconds of computing and change nothing of what it does.
    /// </summary>
    private static readonly (string Name, string Value)[] ShortLived =
        [("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "5000"), ("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0")];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 2;
    private bool _isDisposed;

    private ManagedProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Receive(e.Data);
        process.ErrorDataReceived += (_, e) => Receive(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Lines => [.. _lines];

    public string Output => string.Join('\n', _lines);

    public static ManagedProcess Start(string program, string workingDirectory, IEnumerable<string> arguments, string? networkNamespace = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var path = Path.Combine(AppContext.BaseDirectory, program);
        return StartTool(networkNamespace is null ? path : "ip", workingDirectory, networkNamespace is null ? arguments : ["netns", "exec", networkNamespace, path, .. arguments], environment);
    }

    /// <summary>A program of the machine.</summary>
    public static ManagedProcess StartTool(string program, string workingDirectory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("ACTOROPS_DATA");
        start.Environment.Remove("ACTOROPS_CONFIG");
        foreach (var (name, value) in ShortLived)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ManagedProcess(Process.Start(start)!);
    }

    public async Task<int> WaitAsync(TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(end.Token);
        await _ended.Task.WaitAsync(end.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill();
        return WaitAsync();
    }

    public bool HasEnded => _isDisposed || _process.HasExited;

    public void Signal(string name) => Signal(_process.Id, name);

    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }

    public async Task<string> ExpectAsync(string text, TimeSpan? limit = null)
    {
        string? found = null;
        await Waiting.For(() => (found = _lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))) is not null || (_process.HasExited ? throw new InvalidOperationException($"ended with {_process.ExitCode}:\n{Output}") : false), limit ?? TimeSpan.FromSeconds(40));
        return found!;
    }

    /// <summary>Waits for an event of a paper desk.</summary>
    public async Task<DeskEvent> ExpectEventAsync(Func<DeskEvent, bool> fits, TimeSpan limit)
    {
        DeskEvent? found = null;
        await Waiting.For(() => (found = _lines.Select(DeskEvent.Parse).OfType<DeskEvent>().FirstOrDefault(fits)) is not null, limit);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // With what it has started: an orphan would hold its output open, and the test with it.
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _isDisposed = true;
        _process.Dispose();
    }

    private void Receive(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
        else if (Interlocked.Decrement(ref _open) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
