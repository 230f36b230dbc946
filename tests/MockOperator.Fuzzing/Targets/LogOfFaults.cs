using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MockOperator.Fuzzing.Engine;

namespace MockOperator.Fuzzing.Targets;

/// <summary>A log that nothing a client does may write an error or a stack into.</summary>
internal sealed class LogOfFaults : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Makes loggers of a runtime.</summary>
    public ILoggerFactory Factory()
    {
#pragma warning disable CA2000 // The factory owns its providers.
        return new LoggerFactory([this], new LoggerFilterOptions { MinLevel = LogLevel.Information });
#pragma warning restore CA2000
    }

    /// <summary>Checks that nothing was written since the last time.</summary>
    public void IsEmpty()
    {
        if (_lines.TryDequeue(out string? line))
        {
            _lines.Clear();
            throw new Violation(line);
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error || exception is not null)
        {
            _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
