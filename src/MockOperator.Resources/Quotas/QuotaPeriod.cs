using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>The periods of a quota. Each begins at a boundary of the calendar of its time zone, so that all quotas of a kind end at one moment.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuotaPeriod>))]
public enum QuotaPeriod
{
    /// <summary>A calendar month, as Postman counts.</summary>
    Month,

    /// <summary>A week, Monday to Sunday (ISO 8601).</summary>
    Week,

    /// <summary>A day.</summary>
    Day,

    /// <summary>An hour.</summary>
    Hour,
}
