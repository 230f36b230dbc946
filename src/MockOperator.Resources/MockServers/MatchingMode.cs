using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>The matching algorithm.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MatchingMode>))]
public enum MatchingMode
{
    /// <summary>Postman's scores, all eight steps.</summary>
    Postman,

    /// <summary>Exact path or wildcard only, and every query parameter of the example must agree.</summary>
    Strict,
}
