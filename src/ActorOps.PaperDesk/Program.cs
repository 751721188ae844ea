using System.Globalization;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Markets;
using ActorOps.PaperDesk.Running;

namespace ActorOps.PaperDesk;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        // The script that starts a node and then this desk asks first: nothing may start before every argument is understood.
        var checksOnly = arguments is ["--check-arguments", ..];
        if (!DeskArguments.TryParse(checksOnly ? arguments[1..] : arguments, out var parsed, out var problem))
        {
            await Console.Error.WriteLineAsync(problem.StartsWith("--fault", StringComparison.Ordinal) ? $"{problem}\n\nfaults:\n{FaultKind.List()}" : $"{problem}; see actorops-paperdesk --help").ConfigureAwait(false);
            return 2;
        }

        if (parsed.Help)
        {
            await Console.Out.WriteLineAsync(DeskArguments.Usage).ConfigureAwait(false);
            return 0;
        }

        if (checksOnly)
        {
            return 0;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            if (parsed.WriteTicks is { } file)
            {
                await GeneratedDay.WriteAsync(parsed.Seed, file, stop.Token).ConfigureAwait(false);
                return 0;
            }

            await using var desk = DeskRunner.Create(parsed, Console.Out);
            await desk.RunAsync(stop.Token).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 1;
        }
    }
}
