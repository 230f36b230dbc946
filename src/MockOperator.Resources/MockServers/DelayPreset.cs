using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>Postman's named networks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DelayPreset>))]
public enum DelayPreset
{
    /// <summary>300 ms.</summary>
    [JsonStringEnumMemberName("2G")]
    TwoG,

    /// <summary>100 ms.</summary>
    [JsonStringEnumMemberName("3G")]
    ThreeG,
}
