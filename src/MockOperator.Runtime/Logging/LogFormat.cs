namespace MockOperator.Runtime.Logging;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>For people: <c>12:00:01 info  message</c>.</summary>
    Text,

    /// <summary>For collectors: one JSON object a line.</summary>
    Json,
}
