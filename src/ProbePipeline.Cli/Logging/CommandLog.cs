using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace ProbePipeline.Cli.Logging;

/// <summary>
/// Where a command's log goes: to a file of its own in the output folder, an event a line as JSON, and on demand to standard error. The file is made with the first
/// event, so that what is refused before it leaves nothing; where it cannot be written the run goes on without.
/// </summary>
internal sealed class CommandLog : Microsoft.Extensions.Logging.ILogger, IDisposable
{
    private static readonly string[] Names = [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant())];

    private readonly LogLevel _level;
    private readonly LogLevel _fileLevel;
    private readonly Lazy<ILoggerFactory> _factory;
    private readonly Lazy<Microsoft.Extensions.Logging.ILogger> _log;

    /// <param name="output">The run's output folder.</param>
    /// <param name="name">The least level that goes to standard error; the file has at least information.</param>
    public CommandLog(string output, string name)
    {
        var level = Enum.Parse<LogLevel>(name, ignoreCase: true);
        (_level, _fileLevel) = (level, level < LogLevel.Information ? level : LogLevel.Information);
        _factory = new(() => new SerilogLoggerFactory(Open(output), dispose: true));
        _log = new(() => _factory.Value.CreateLogger("ProbePipeline"));
    }

    /// <summary>How much is logged.</summary>
    public static Option<string> Level()
    {
        var option = new Option<string>("--log-level")
        {
            Description = "What is logged to standard error. The run's own file, logs/*.jsonl in the output folder, has information and whatever is more urgent, or from this level on.",
            HelpName = "LEVEL",
            DefaultValueFactory = _ => Names[^1],
        };
        return option.AcceptOnlyFromAmong(Names);
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _fileLevel && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Value.Log(logLevel, eventId, state, exception, formatter);

    public void Dispose()
    {
        if (!_factory.IsValueCreated)
        {
            return;
        }

        try
        {
            _factory.Value.Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk takes no last line; why the run ended is on its way to the user.
        }
    }

    private Serilog.Core.Logger Open(string output)
    {
        // Tasks that begin at once, in containers with process numbers of their own, have a file each.
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}-{Environment.ProcessId}-{Random.Shared.Next(0x10000):x4}.jsonl");
        var log = new LoggerConfiguration().MinimumLevel.Verbose()
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(output, "logs", name), LevelConvert.ToSerilogLevel(_fileLevel), fileSizeLimitBytes: null);
        return (_level == LogLevel.None ? log : log.WriteTo.Console(
            LevelConvert.ToSerilogLevel(_level), "{Timestamp:HH:mm:ss} {Level:u4} {Message:lj}{NewLine}", CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)).CreateLogger();
    }
}
