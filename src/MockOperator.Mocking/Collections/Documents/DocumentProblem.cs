using System.Text.Json;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>Why a document cannot be read at all.</summary>
/// <param name="Reason">One of <see cref="LoadIssueReason"/>.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record DocumentProblem(string Reason, string Message)
{
    /// <summary>The nesting is beyond the limit.</summary>
    public static DocumentProblem TooDeep(int limit) =>
        new(LoadIssueReason.TooDeep, $"The document nests arrays and objects more than {limit} deep. Flatten it, or split it into several collections.");

    /// <summary>The text breaks the grammar of JSON.</summary>
    public static DocumentProblem NotJson(JsonException exception)
    {
        long line = (exception.LineNumber ?? 0) + 1;
        long column = (exception.BytePositionInLine ?? 0) + 1;
        return new(LoadIssueReason.NotJson, $"The document is not JSON: it breaks off or goes wrong at line {line}, byte {column}. Export it from Postman again.");
    }
}
