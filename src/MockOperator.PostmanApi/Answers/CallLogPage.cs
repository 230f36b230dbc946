using System.Text.Json.Serialization;

namespace MockOperator.PostmanApi.Answers;

/// <summary>Calls of a mock.</summary>
/// <param name="CallLogs">The calls.</param>
/// <param name="Meta">Where the next page begins.</param>
internal sealed record CallLogPage([property: JsonPropertyName("call-logs")] IReadOnlyList<CallLogEntry> CallLogs, CallLogPage.Position Meta)
{
    internal sealed record Position([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextCursor);
}
