using ActorOps.Server.Configuration;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace ActorOps.Server.Logging;

/// <summary>Console and the five files that other systems read: app, trades, errors, risk, models.</summary>
internal static class NodeLogging
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {SourceContext} {Message:lj} {CausalityId}{NewLine}{Exception}";

    public static ILoggerFactory Create(LogOptions options, string data)
    {
        var directory = options.Directory.Length > 0 ? options.Directory : Path.Combine(data, "logs");
        var level = options.Level.ToLowerInvariant() switch
        {
            "trace" => LogEventLevel.Verbose,
            "debug" => LogEventLevel.Debug,
            "warning" => LogEventLevel.Warning,
            "error" => LogEventLevel.Error,
            "critical" or "none" => LogEventLevel.Fatal,
            _ => LogEventLevel.Information,
        };
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .Enrich.FromLogContext()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Logger(app => File(app, directory, "app"))
            .WriteTo.Logger(errors => File(errors.MinimumLevel.Error(), directory, "errors"))
            .WriteTo.Logger(risk => File(risk.Filter.ByIncludingOnly(e => EventId(e) is 5000 or (>= 4000 and < 4100)), directory, "risk"))
            .WriteTo.Logger(trades => File(trades.Filter.ByIncludingOnly(e => EventId(e) is >= 4100 and < 4200), directory, "trades"))
            .WriteTo.Logger(models => File(models.Filter.ByIncludingOnly(e => EventId(e) is >= 4400 and < 4500), directory, "models"));
        if (options.Console)
        {
            configuration.WriteTo.Console(LogEventLevel.Warning, "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}", standardErrorFromLevel: LogEventLevel.Verbose);
        }

        return new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
    }

    private static void File(LoggerConfiguration logger, string directory, string name) =>
        logger.WriteTo.File(Path.Combine(directory, name + ".log"), outputTemplate: Template, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31, shared: false);

    private static int EventId(LogEvent e) =>
        e.Properties.TryGetValue("EventId", out var value) && value is StructureValue structure && structure.Properties.FirstOrDefault(property => property.Name == "Id")?.Value is ScalarValue { Value: int id } ? id : 0;
}
