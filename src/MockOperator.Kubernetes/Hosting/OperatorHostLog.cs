using Microsoft.Extensions.Logging;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>What the host logs.</summary>
internal static partial class OperatorHostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "All {Stores} stores are synced, {Objects} objects")]
    public static partial void LogSynced(this ILogger log, int stores, int objects);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is reconciled yet, for {Minutes:0} minutes: {Missing}")]
    public static partial void LogNotSynced(this ILogger log, string missing, double minutes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The operator ends although nobody stopped it ({End}); the process exits to be started again")]
    public static partial void LogUnexpectedEnd(this ILogger log, string end);
}
