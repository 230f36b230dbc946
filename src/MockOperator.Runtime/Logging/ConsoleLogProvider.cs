namespace MockOperator.Runtime.Logging;

/// <summary>
/// Writes log lines to standard error, one line an entry. Standard output is left to what a command prints. It is smaller and starts sooner than the
/// console logger of the framework, which brings configuration, options and a queue with a thread.
/// </summary>
internal sealed class ConsoleLogProvider(LogFormat format, TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>Builds the factory that the whole process logs by. Messages of the framework appear from warning on.</summary>
    public static ILoggerFactory CreateFactory(LogFormat format, TextWriter output, TimeProvider time, LogLevel minimum = LogLevel.Information)
    {
        var filter = new LoggerFilterOptions { MinLevel = minimum };
        filter.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
#pragma warning disable CA2000 // The factory owns its providers.
        return new LoggerFactory([new ConsoleLogProvider(format, output, time)], filter);
#pragma warning restore CA2000
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new ConsoleLog(categoryName, format, _output, time);

    /// <inheritdoc/>
    public void Dispose() => _output.Flush();
}
