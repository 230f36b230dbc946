using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>What lists tell of a condition. Members are as in <see cref="Condition"/>.</summary>
/// <param name="Type">What is observed.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">Why, as one word.</param>
/// <param name="Message">Why, for people.</param>
public sealed record ListedCondition(string Type, ConditionStatus Status, string Reason, string Message)
{
    /// <summary>Reads one.</summary>
    internal static ListedCondition? Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (!reader.Enters())
            return null;
        string? type = null, reason = null, message = null;
        var status = ConditionStatus.Unknown;
        while (reader.IsAtMember())
        {
            if (reader.IsValueOf("type"u8))
                type = reader.GetString();
            else if (reader.IsValueOf("status"u8))
                status = ReadStatus(ref reader, options);
            else if (reader.IsValueOf("reason"u8))
                reason = reader.GetString();
            else if (reader.IsValueOf("message"u8))
                message = reader.GetString();
            else
                reader.PassOver();
        }

        return new ListedCondition(type ?? "", status, reason ?? "", message ?? "");
    }

    // What is written as no API server writes it is read, or refused, as everywhere else.
    private static ConditionStatus ReadStatus(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? reader.Whole<ConditionStatus>(options)
        : reader.ValueTextEquals("True"u8) ? ConditionStatus.True
        : reader.ValueTextEquals("False"u8) ? ConditionStatus.False
        : reader.Whole<ConditionStatus>(options);
}
