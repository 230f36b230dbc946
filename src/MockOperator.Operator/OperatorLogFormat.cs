namespace MockOperator.Operator;

/// <summary>How the log is written.</summary>
public enum OperatorLogFormat
{
    /// <summary>An object a line, for programs.</summary>
    Json,

    /// <summary>A line for people.</summary>
    Text,
}
