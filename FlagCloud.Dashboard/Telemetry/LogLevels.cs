namespace FlagCloud.Dashboard.Telemetry;

/// <summary>The specification's 24 severity numbers as the six levels of .NET.</summary>
public static class LogLevels
{
    public static IReadOnlyList<LogLevel> All { get; } =
        [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical];

    public static LogLevel OfSeverity(int severity) => severity switch
    {
        <= 0 => LogLevel.Information,
        <= 4 => LogLevel.Trace,
        <= 8 => LogLevel.Debug,
        <= 12 => LogLevel.Information,
        <= 16 => LogLevel.Warning,
        <= 20 => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}
