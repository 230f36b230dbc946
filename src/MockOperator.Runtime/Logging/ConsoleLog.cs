using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MockOperator.Runtime.Logging;

/// <summary>A logger of one category. An entry is one line: line breaks inside it are escaped, so that nobody can forge a second one.</summary>
internal sealed class ConsoleLog(string category, LogFormat format, TextWriter output, TimeProvider time) : ILogger
{
    private const string OriginalFormat = "{OriginalFormat}";

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string message = formatter(state, exception);
        string line = format switch
        {
            LogFormat.Json => Json(logLevel, message, state as IReadOnlyList<KeyValuePair<string, object?>>, exception),
            _ => Text(logLevel, message, exception),
        };
        output.WriteLine(line);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };

    private static string OneLine(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private string Text(LogLevel level, string message, Exception? exception)
    {
        string when = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string because = exception is null ? "" : ": " + exception;
        return $"{when} {Word(level),-5} {OneLine(message + because)}";
    }

    private string Json(LogLevel level, string message, IReadOnlyList<KeyValuePair<string, object?>>? fields, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", Word(level));
            json.WriteString("logger", category);
            json.WriteString("message", message);
            foreach (KeyValuePair<string, object?> field in fields ?? [])
            {
                if (field.Key != OriginalFormat)
                {
                    json.WriteString(JsonNamingPolicy.CamelCase.ConvertName(field.Key), Convert.ToString(field.Value, CultureInfo.InvariantCulture));
                }
            }

            if (exception is not null)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
